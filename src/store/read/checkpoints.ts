/**
 * Checkpoints of a run and the state that they add up to.
 *
 * Invariants:
 * 1. A state is the nearest keyframe before it and the deltas since; every checksum on that way is recomputed.
 * 2. Reading never crosses a branch: each begins with a keyframe, and only the newest branch grows, so the checkpoints
 *    of a branch are numbered without a gap.
 * 3. Where retention removed some, a stub says so: what comes after them begins with a keyframe, and goes on over what the
 *    stub keeps of the one before it.
 */
import type Database from 'better-sqlite3'
import type { Checkpoint } from '../../model/checkpoint.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { cryptOf } from '../crypt/unlock.ts'
import { fold, readCheckpoint, readKeyframe, type StateMap, type WholeCheckpoint, wholeKeyframe } from '../format/delta.ts'
import type { RunRow } from '../format/rows.ts'
import { linkReader } from './links.ts'
import { readStatesOf } from './read-states.ts'
import { isWithin, stubReader } from './stubs.ts'

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
  const keyframeUpTo = db.prepare<[number, number], StoredKeyframe>(
    'SELECT number, body, checksum FROM keyframe WHERE run = ? AND number <= ? ORDER BY number DESC LIMIT 1',
  )
  const links = linkReader(db)
  const stubsOf = stubReader(db)
  const states = readStatesOf(db)

  const read = ({ record }: RunRow, link: WholeCheckpoint): Checkpoint => readCheckpoint(crypt, record.id, link)

  return {
    /** What the checkpoints say from one number to another, both included, less those that were removed. @throws CorruptionFound, also where one is not there */
    chain: (run: RunRow, from: number, to: number): Checkpoint[] => links(run, from, to).map((link) => read(run, link)),

    /** The state at a checkpoint that the run has. @throws CorruptionFound */
    state: (run: RunRow, number: number): CheckpointState => {
      const name = `${run.record.id}/${number}`
      const base = keyframeUpTo.get(run.number, number)
      if (base === undefined) throw new CorruptionFound('checkpoint', name, 'no keyframe comes before it')
      const way = links(run, base.number, number)
      const [first, last] = [way[0], way.at(-1)]
      if (first === undefined || last === undefined) throw new CorruptionFound('checkpoint', name, 'it is not there')
      const begins = read(run, first)
      const keyframe = wholeKeyframe(crypt, begins, base)
      const known = way.findLastIndex(({ checksum }) => states.get(checksum) !== undefined)
      const since = way.slice(Math.max(1, known + 1)).map((link) => read(run, link))
      const checkpoint = since.at(-1) ?? read(run, last)
      if (begins.branch !== checkpoint.branch) {
        throw new CorruptionFound('keyframe', name, `branch ${checkpoint.branch} does not begin with one`)
      }
      const before = states.get(way[known]?.checksum) ?? readKeyframe(begins, keyframe)
      const after = fold(before, since.flatMap(({ changes }) => changes))
      states.put(checkpoint.checksum, after)
      return { checkpoint, state: after }
    },

    /** Whether retention removed a checkpoint. @throws CorruptionFound */
    isRemoved: (run: RunRow, number: number): boolean => isWithin(stubsOf(run), number),
  }
}
