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
import { checkpointPage, type CheckpointPage } from '../format/checkpoint-page.ts'
import { contentText } from '../format/content.ts'
import { checkpointText, fold, readCheckpoint, readKeyframe, type StateMap, wholeCheckpoint, type WholeCheckpoint, wholeKeyframe } from '../format/delta.ts'
import type { RunRow } from '../format/rows.ts'
import { digestColumn, digestIn } from '../format/sha256.ts'
import { readStatesOf } from './read-states.ts'
import { isWithin, stubReader } from './stubs.ts'

type StoredCheckpoint = readonly [number: number, content: unknown, checksum: unknown]

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
  const between = db
    .prepare<[number, number, number], StoredCheckpoint>(
      `SELECT number, content, ${digestColumn('checksum')} FROM checkpoint WHERE run = ? AND number BETWEEN ? AND ? ORDER BY number`,
    )
    .raw()
  const keyframeUpTo = db.prepare<[number, number], StoredKeyframe>(
    'SELECT number, body, checksum FROM keyframe WHERE run = ? AND number <= ? ORDER BY number DESC LIMIT 1',
  )

  const stubsOf = stubReader(db)
  const states = readStatesOf(db)

  /** Checkpoints `from` to `to`, both included, less those that were removed: each recomputes over the one before it. @throws CorruptionFound, also where one is not there */
  const links = ({ number: run, record, ledger }: RunRow, from: number, to: number): WholeCheckpoint[] => {
    const corrupt = (number: number, detail: string): CorruptionFound =>
      new CorruptionFound('checkpoint', `${record.id}/${number}`, detail)

    const rows = between.all(run, Math.max(0, from - 1), to)
    const stubs = stubsOf({ number: run })
    const stubAt = new Map(stubs.map((stub) => [stub.number, stub]))
    const before = rows[0]?.[0] === from - 1 ? rows.shift() : undefined
    let parent = from === 0 ? null : digestIn(before?.[2])
    let next = from
    const found: WholeCheckpoint[] = []
    for (const [number, content, checksum] of rows) {
      const stub = stubAt.get(number)
      if (stub !== undefined && stub.first <= next) [parent, next] = [stub.parent, number]
      if (parent === undefined) throw corrupt(from - 1, 'it is not there')
      if (number !== next) throw corrupt(next, 'it is not there')
      const link = wholeCheckpoint({ run: record.id, number, parent }, content, checksum)
      found.push(link)
      parent = link.checksum
      next += 1
    }
    if (next <= to && !isWithin(stubs, next)) throw corrupt(next, 'it is not there')
    if (to === ledger.checkpoints - 1 && parent !== ledger.head) throw corrupt(to, 'it is not the head that the run names')
    return found
  }

  const read = ({ record }: RunRow, link: WholeCheckpoint): Checkpoint => readCheckpoint(crypt, record.id, link)

  /** The same, and what they say. @throws CorruptionFound */
  const chain = (run: RunRow, from: number, to: number): Checkpoint[] => links(run, from, to).map((link) => read(run, link))

  /** The state at a checkpoint that the run has. @throws CorruptionFound */
  const state = (run: RunRow, number: number): CheckpointState => {
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
  }

  /** Whether retention removed a checkpoint. @throws CorruptionFound */
  const isRemoved = (run: RunRow, number: number): boolean => isWithin(stubsOf(run), number)

  /**
   * Up to `limit` of those that are there, from `from` on. Where some were removed, what comes first after them, or on a branch,
   * says all of its state: what it changed is no longer told by those before it. @throws CorruptionFound
   */
  const page = (run: RunRow, from: number, limit: number): CheckpointPage => {
    const stubs = stubsOf(run)
    const found: WholeCheckpoint[] = []
    for (let next = from; next < run.ledger.checkpoints && found.length < limit; ) {
      const first = stubs.find((stub) => stub.first <= next && next < stub.number)?.number ?? next
      const end = Math.min(first + limit - found.length, run.ledger.checkpoints)
      found.push(...links(run, first, end - 1))
      next = end
    }
    if (stubs.length === 0) return checkpointPage(run.record.id, found, found.map((link) => checkpointText(crypt, run.record.id, link)))
    const [before] = from === 0 || isWithin(stubs, from - 1) ? [] : chain(run, from - 1, from - 1)
    const told = found.map((link) => read(run, link)).map((checkpoint, at, all) => {
      const { number, branch } = checkpoint
      const isFirst = branch !== (all[at - 1] ?? before)?.branch || stubs.some((stub) => stub.number === number)
      if (!isFirst) return checkpoint
      return { ...checkpoint, changes: [...checkpoint.changes.filter((change) => 'gone' in change), ...state(run, number).state.values()] }
    })
    return checkpointPage(run.record.id, found, told.map(contentText))
  }

  return { chain, state, page, isRemoved }
}
