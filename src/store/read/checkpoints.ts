/**
 * Checkpoints of a run and the state that they add up to.
 *
 * Invariants:
 * 1. A state is the nearest keyframe before it and the deltas since; every checksum on that way is recomputed.
 * 2. Reading never crosses a branch: each begins with a keyframe, and only the newest branch grows, so the checkpoints
 *    of a branch are numbered without a gap.
 */
import type Database from 'better-sqlite3'
import type { Checkpoint } from '../../model/checkpoint.ts'
import type { Checksum } from '../../model/ids.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { cryptOf } from '../crypt/unlock.ts'
import { fold, openCheckpoint, openKeyframe, type StateMap } from '../format/delta.ts'
import type { RunRow } from '../format/rows.ts'
import { storedDigest } from '../format/sha256.ts'

interface StoredCheckpoint {
  readonly number: number
  readonly content: unknown
  readonly checksum: unknown
}

interface StoredKeyframe {
  readonly number: number
  readonly body: unknown
  readonly checksum: unknown
}

export interface CheckpointState {
  readonly checkpoint: Checkpoint
  readonly state: StateMap
}

export function checkpointReader(db: Database.Database) {
  const crypt = cryptOf(db)
  const between = db.prepare<[number, number, number], StoredCheckpoint>(
    'SELECT number, content, checksum FROM checkpoint WHERE run = ? AND number BETWEEN ? AND ? ORDER BY number',
  )
  const keyframe = db.prepare<[number, number], StoredKeyframe>(
    'SELECT number, body, checksum FROM keyframe WHERE run = ? AND number <= ? ORDER BY number DESC LIMIT 1',
  )

  /** Checkpoints `from` to `to`, both included. @throws CorruptionFound, also where one is not there */
  const chain = ({ number: run, record, ledger }: RunRow, from: number, to: number): Checkpoint[] => {
    const corrupt = (number: number, detail: string): CorruptionFound =>
      new CorruptionFound('checkpoint', `${record.id}/${number}`, detail)

    const rows = between.all(run, Math.max(0, from - 1), to)
    let parent = from === 0 ? null : parentOf(rows.shift(), from, corrupt)
    const opened = rows.map((row, index) => {
      if (row.number !== from + index) throw corrupt(from + index, 'it is not there')
      const checkpoint = openCheckpoint(crypt, { run: record.id, number: row.number, parent }, row)
      parent = checkpoint.checksum
      return checkpoint
    })
    if (opened.length !== to - from + 1) throw corrupt(from + opened.length, 'it is not there')
    if (to === ledger.checkpoints - 1 && parent !== ledger.head) throw corrupt(to, 'it is not the head that the run names')
    return opened
  }

  /** The state at a checkpoint that the run has. @throws CorruptionFound */
  const state = (run: RunRow, number: number): CheckpointState => {
    const name = `${run.record.id}/${number}`
    const base = keyframe.get(run.number, number)
    if (base === undefined) throw new CorruptionFound('checkpoint', name, 'no keyframe comes before it')
    const [first, ...rest] = chain(run, base.number, number)
    if (first === undefined) throw new CorruptionFound('checkpoint', name, 'it is not there')
    const checkpoint = rest.at(-1) ?? first
    if (first.branch !== checkpoint.branch) {
      throw new CorruptionFound('keyframe', name, `branch ${checkpoint.branch} does not begin with one`)
    }
    return { checkpoint, state: fold(openKeyframe(crypt, first, base), rest.flatMap(({ changes }) => changes)) }
  }

  return { chain, state }
}

function parentOf(
  row: StoredCheckpoint | undefined,
  child: number,
  corrupt: (number: number, detail: string) => CorruptionFound,
): Checksum {
  const checksum = row?.number === child - 1 ? storedDigest(row.checksum) : undefined
  if (checksum === undefined) throw corrupt(child - 1, 'it is not there')
  return checksum
}
