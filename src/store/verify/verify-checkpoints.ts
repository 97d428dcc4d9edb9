import type Database from 'better-sqlite3'
import { type Checkpoint, takeChange } from '../../model/checkpoint.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { cryptOf } from '../crypt/unlock.ts'
import { openKeyframe, sealKeyframe } from '../format/delta.ts'
import type { RunRow } from '../format/rows.ts'
import { checkpointReader } from '../read/checkpoints.ts'
import { isWithin, stubReader } from '../read/stubs.ts'

interface StoredKeyframe {
  readonly number: number
  readonly body: unknown
  readonly checksum: unknown
}

/** For each branch but the first, the checkpoint that it starts from. */
export type Starts = ReadonlyMap<number, number>

/**
 * Checks checkpoints of a run from one number to another, both included: their chain, and that each keyframe is what the
 * changes before it add up to. Where what comes before was removed, the keyframe there is what it begins with. Answers
 * them, and throws CorruptionFound.
 */
export function checkpointVerifier(db: Database.Database): (run: RunRow, from: number, to: number, starts: Starts) => readonly Checkpoint[] {
  const crypt = cryptOf(db)
  const { chain, state } = checkpointReader(db)
  const stubsOf = stubReader(db)
  const between = db.prepare<[number, number, number], StoredKeyframe>(
    'SELECT number, body, checksum FROM keyframe WHERE run = ? AND number BETWEEN ? AND ? ORDER BY number',
  )

  return (run, from, to, starts) => {
    const corrupt = (detail: string): CorruptionFound => new CorruptionFound('keyframe', run.record.id, detail)
    const checkpoints = chain(run, from, to)
    const keyframes = new Map(between.all(run.number, from, to).map((keyframe) => [keyframe.number, keyframe]))
    const stubs = stubsOf(run)
    const before = from === 0 || isWithin(stubs, from - 1) ? undefined : state(run, from - 1)
    let now = new Map(before?.state)
    let branch = before?.checkpoint.branch ?? 0
    for (const checkpoint of checkpoints) {
      const keyframe = keyframes.get(checkpoint.number)
      const isFirst = stubs.some(({ number }) => number === checkpoint.number)
      if (checkpoint.branch !== branch || isFirst) {
        branch = checkpoint.branch
        const start = starts.get(branch)
        if (branch > 0 && start === undefined) throw corrupt(`branch ${branch} starts nowhere`)
        if (keyframe === undefined) throw corrupt(`branch ${branch} does not begin with one`)
        const isKnown = start !== undefined && !isFirst && !isWithin(stubs, start)
        now = new Map(isKnown ? state(run, start).state : openKeyframe(crypt, checkpoint, keyframe))
      }
      for (const change of checkpoint.changes) takeChange(now, change)
      if (keyframe === undefined) continue
      const text = (read: typeof now): string => sealKeyframe(checkpoint.checksum, read).text
      if (text(now) !== text(new Map(openKeyframe(crypt, checkpoint, keyframe)))) {
        throw corrupt(`the one at ${checkpoint.number} is not what the changes before it add up to`)
      }
    }
    return checkpoints
  }
}
