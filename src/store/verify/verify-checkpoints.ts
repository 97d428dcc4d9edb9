import type Database from 'better-sqlite3'
import { type Checkpoint, takeChange } from '../../model/checkpoint.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { cryptOf } from '../crypt/unlock.ts'
import { openKeyframe, sealKeyframe } from '../format/delta.ts'
import type { RunRow } from '../format/rows.ts'
import { checkpointReader } from '../read/checkpoints.ts'

interface StoredKeyframe {
  readonly number: number
  readonly body: unknown
  readonly checksum: unknown
}

/**
 * Checks checkpoints of a run from one number to another, both included: their chain, and that each keyframe is what the
 * changes before it add up to. `starts` names for each branch the checkpoint that it starts from. Answers them.
 */
export function checkpointVerifier(db: Database.Database) {
  const crypt = cryptOf(db)
  const { chain, state } = checkpointReader(db)
  const between = db.prepare<[number, number, number], StoredKeyframe>(
    'SELECT number, body, checksum FROM keyframe WHERE run = ? AND number BETWEEN ? AND ? ORDER BY number',
  )
  const count = db.prepare<[number, number], number>('SELECT count(*) FROM keyframe WHERE run = ? AND number < ?').pluck()
  const corrupt = (run: RunRow, detail: string): CorruptionFound => new CorruptionFound('keyframe', run.record.id, detail)

  return {
    /** As many keyframes stand at checkpoints as the run counts. @throws CorruptionFound */
    count: (run: RunRow): void => {
      const { keyframes, checkpoints } = run.ledger
      const there = count.get(run.number, checkpoints)
      if (there !== keyframes) throw corrupt(run, `${keyframes} of them were stored, ${there} are there`)
    },

    /** @throws CorruptionFound */
    verify: (run: RunRow, from: number, to: number, starts: ReadonlyMap<number, number>): readonly Checkpoint[] => {
      const checkpoints = chain(run, from, to)
      const keyframes = new Map(between.all(run.number, from, to).map((keyframe) => [keyframe.number, keyframe]))
      const before = from === 0 ? undefined : state(run, from - 1)
      let now = new Map(before?.state)
      let branch = before?.checkpoint.branch ?? 0
      for (const checkpoint of checkpoints) {
        const keyframe = keyframes.get(checkpoint.number)
        if (checkpoint.branch !== branch) {
          branch = checkpoint.branch
          const start = starts.get(branch)
          if (start === undefined) throw corrupt(run, `branch ${branch} starts nowhere`)
          if (keyframe === undefined) throw corrupt(run, `branch ${branch} does not begin with one`)
          now = new Map(state(run, start).state)
        }
        for (const change of checkpoint.changes) takeChange(now, change)
        if (keyframe === undefined) continue
        const text = (read: typeof now): string => sealKeyframe(checkpoint.checksum, read).text
        if (text(now) !== text(new Map(openKeyframe(crypt, checkpoint, keyframe)))) {
          throw corrupt(run, `the one at ${checkpoint.number} is not what the changes before it add up to`)
        }
      }
      return checkpoints
    },
  }
}
