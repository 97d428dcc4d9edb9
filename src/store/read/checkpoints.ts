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
import { fold, openCheckpoint, openKeyframe, type StateMap } from '../format/delta.ts'
import type { RunRow } from '../format/rows.ts'
import { storedDigest } from '../format/sha256.ts'
import { isWithin, stubReader } from './stubs.ts'

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

  const stubsOf = stubReader(db)

  /** Checkpoints `from` to `to`, both included, less those that were removed. @throws CorruptionFound, also where one is not there */
  const chain = ({ number: run, record, ledger }: RunRow, from: number, to: number): Checkpoint[] => {
    const corrupt = (number: number, detail: string): CorruptionFound =>
      new CorruptionFound('checkpoint', `${record.id}/${number}`, detail)

    const rows = between.all(run, Math.max(0, from - 1), to)
    const stubs = stubsOf({ number: run })
    const before = rows[0]?.number === from - 1 ? rows.shift() : undefined
    let parent = from === 0 ? null : storedDigest(before?.checksum)
    let next = from
    const opened: Checkpoint[] = []
    for (const row of rows) {
      const stub = stubs.find(({ number }) => number === row.number)
      if (stub !== undefined && stub.first <= next) [parent, next] = [stub.parent, row.number]
      if (parent === undefined) throw corrupt(from - 1, 'it is not there')
      if (row.number !== next) throw corrupt(next, 'it is not there')
      const checkpoint = openCheckpoint(crypt, { run: record.id, number: row.number, parent }, row)
      opened.push(checkpoint)
      parent = checkpoint.checksum
      next += 1
    }
    if (next <= to && !isWithin(stubs, next)) throw corrupt(next, 'it is not there')
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

  /** Whether retention removed a checkpoint. @throws CorruptionFound */
  const isRemoved = (run: RunRow, number: number): boolean => isWithin(stubsOf(run), number)

  /**
   * Up to `limit` of those that are there, from `from` on. Where some were removed, what comes first after them, or on a branch,
   * says all of its state: what it changed is no longer told by those before it. @throws CorruptionFound
   */
  const page = (run: RunRow, from: number, limit: number): Checkpoint[] => {
    const stubs = stubsOf(run)
    const found: Checkpoint[] = []
    for (let next = from; next < run.ledger.checkpoints && found.length < limit; ) {
      const first = stubs.find((stub) => stub.first <= next && next < stub.number)?.number ?? next
      const end = Math.min(first + limit - found.length, run.ledger.checkpoints)
      found.push(...chain(run, first, end - 1))
      next = end
    }
    if (stubs.length === 0) return found
    const [before] = from === 0 || isWithin(stubs, from - 1) ? [] : chain(run, from - 1, from - 1)
    return found.map((checkpoint, at) => {
      const { number, branch } = checkpoint
      const isFirst = branch !== (found[at - 1] ?? before)?.branch || stubs.some((stub) => stub.number === number)
      if (!isFirst) return checkpoint
      return { ...checkpoint, changes: [...checkpoint.changes.filter((change) => 'gone' in change), ...state(run, number).state.values()] }
    })
  }

  return { chain, state, page, isRemoved }
}
