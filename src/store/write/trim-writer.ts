/**
 * Removes checkpoints of runs that stay, within the transaction that is open.
 *
 * Invariants:
 * 1. Each transaction leaves the run whole: what comes first after the removed ones begins with a keyframe, and its stub keeps
 *    the checksum that it goes on over.
 * 2. What goes was held against its checksums: damage is never swept away.
 * 3. A value goes when nothing named it when it was chosen, and nothing that was journaled since does; nothing goes before all of that is
 *    looked at. Until all values are gone the stub says that more is to go, so that what a kill leaves the next plan takes up; then it is journaled.
 * 4. No checkpoint goes that has come to be needed since it was chosen: what is left of the run is the next plan's.
 * 5. Nothing goes once a replay has begun in the lineage since: its first checkpoint names what it took from another, and nobody journals
 *    that once more.
 */
import type Database from 'better-sqlite3'
import type { Actor } from '../../model/actor.ts'
import type { JournalEntry } from '../../model/entry.ts'
import type { Instant } from '../../model/ids.ts'
import { type Amount, noAmount } from '../../model/retention.ts'
import { cryptOf } from '../crypt/unlock.ts'
import { isCheckpointOf } from '../format/checkpoint-id.ts'
import { sealKeyframe } from '../format/delta.ts'
import { Tally } from '../format/ledger.ts'
import { pack } from '../format/packing.ts'
import { openRow, type RawRow, rowColumns, sealRow } from '../format/row.ts'
import { branchFormat, type BranchRow, type RunRow, stubFormat, type StubRow } from '../format/rows.ts'
import { checkpointReader } from '../read/checkpoints.ts'
import { runReader } from '../read/runs.ts'
import { reaches, removedOf, stubReader } from '../read/stubs.ts'
import type { Trimmable } from '../retention/removable.ts'
import { neededSince } from '../retention/needed.ts'
import { type Since, sinceReader } from '../retention/since.ts'
import type { Range } from '../retention/trims.ts'
import type { JournalWriter } from './journal-writer.ts'
import { runWriter } from './run-writer.ts'
import { valueDropper } from './value-dropper.ts'
import type { WrittenRuns } from './written-runs.ts'

/** Rows that go in one transaction: a few milliseconds of the engine's thread. */
const mostRows = 400

export interface TrimOrder {
  readonly trim: Trimmable
  readonly since: Since
  readonly at: Instant
  readonly actor: Actor
}

export interface Trimmed {
  readonly amount: Amount
  /** What was journaled, once all is done. */
  readonly entry: JournalEntry | null
  /** What is left to do; null where nothing is. */
  readonly rest: Trimmable | null
  /** The run stays as it is now: a person keeps it since, it is gone, a replay has begun, or what was to go of it is needed by now. */
  readonly isLeft: boolean
  readonly since: Since
}

type Did = Omit<Trimmed, 'since'>

export function trimWriter(db: Database.Database, journal: JournalWriter, written: WrittenRuns): (order: TrimOrder) => Trimmed {
  const crypt = cryptOf(db)
  const runs = { ...runReader(db), ...runWriter(db) }
  const stubsOf = stubReader(db)
  const cut = cutter(db)
  const stubs = stubWriter(db)
  const look = sinceReader(db)
  const isNeeded = neededSince(db)
  const selectBranches = db.prepare<[number], RawRow>(`SELECT ${rowColumns(branchFormat)} FROM branch WHERE run = ? ORDER BY number`).raw()
  const branchesOf = (run: number): BranchRow[] => selectBranches.all(run).map((row) => openRow(crypt, branchFormat, row).content)
  const drop = valueDropper(db)

  const dropValues = (trim: Trimmable, { heard }: Since): Did => {
    const named = heard.addressesOf(trim.lineage)
    const bytes = drop.these(trim.lineage, trim.values.slice(0, mostRows).filter((address) => !named.has(address)))
    const amount = { ...noAmount, values: bytes.length, bytes: bytes.reduce((sum, each) => sum + each, 0) }
    return { amount, entry: null, rest: { ...trim, values: trim.values.slice(mostRows) }, isLeft: false }
  }

  const finish = ({ run, workflow, number }: Trimmable, row: RunRow, { at, actor }: Pick<TrimOrder, 'at' | 'actor'>, change: Change): Did => {
    const over = stubsOf({ number }).filter(({ isUnderWay }) => isUnderWay)
    change((_, tally) => {
      for (const stub of over) stubs.put(number, { ...stub, isUnderWay: false }, tally)
      return 0
    })
    const removed = reaches(row, branchesOf(number)).flatMap((reach) => removedOf(reach, over))
    const event = { type: 'checkpoints_removed' as const, run, workflow, removed }
    const entry = removed.length === 0 ? null : journal.append({ at, actor, correlation: null, run: null, events: [event] }, null)
    return { amount: noAmount, entry, rest: null, isLeft: false }
  }

  const trimmed = ({ trim, since, ...order }: TrimOrder): Did => {
    const { at } = order
    const standing = runs.standing(trim.run)
    if (standing === undefined || standing.row.record.kept !== null || since.heard.hasGrown(trim.lineage) || isNeeded(trim, standing.row)) {
      return { amount: noAmount, entry: null, rest: null, isLeft: true }
    }
    /** Writes the run's row with what the change makes of its tally and of the number of its keyframes. */
    const change: Change = (make) => {
      const { row } = standing
      const tally = new Tally(row.ledger.tally)
      const keyframes = row.ledger.keyframes + make(row, tally)
      runs.put(standing, { ...row, ledger: { ...row.ledger, tally: tally.sum, keyframes } })
      written.drop(trim.run)
    }
    const [range, ...others] = trim.ranges
    if (range === undefined) return trim.values.length > 0 ? dropValues(trim, since) : finish(trim, standing.row, order, change)
    let amount = noAmount
    let next = range.number
    change((row, tally) => {
      const done = cut(row, range, at)
      amount = { ...noAmount, checkpoints: done.checkpoints, bytes: done.bytes }
      next = done.next
      for (const number of done.meets) stubs.drop(row.number, number, tally)
      stubs.put(row.number, done.stub, tally)
      return done.keyframes
    })
    const ranges = next < range.number ? [{ ...range, first: next }, ...others] : others
    return { amount, entry: null, rest: { ...trim, ranges }, isLeft: false }
  }

  return (order) => {
    const { since, isAll } = look(order.since)
    return { ...(isAll ? trimmed({ ...order, since }) : { amount: noAmount, entry: null, rest: order.trim, isLeft: false }), since }
  }
}

type Change = (make: (row: RunRow, tally: Tally) => number) => void

interface Cut {
  /** Up to where it went. */
  readonly next: number
  readonly stub: StubRow
  /** Stubs that this one takes the place of. */
  readonly meets: readonly number[]
  /** How many keyframes there are more than before. */
  readonly keyframes: number
  readonly checkpoints: number
  readonly bytes: number
}

/** Takes away the first checkpoints of a range, as many as one transaction takes. It throws CorruptionFound. */
function cutter(db: Database.Database): (run: RunRow, range: Range, at: Instant) => Cut {
  const crypt = cryptOf(db)
  const { chain, state } = checkpointReader(db)
  const stubsOf = stubReader(db)
  const lastKeyframe = db
    .prepare<[number, number, number], number | null>('SELECT max(number) FROM keyframe WHERE run = ? AND number > ? AND number <= ?')
    .pluck()
  const hasKeyframe = db.prepare<[number, number], number>('SELECT 1 FROM keyframe WHERE run = ? AND number = ?').pluck()
  const putKeyframe = db.prepare('INSERT INTO keyframe (run, number, body, checksum) VALUES (?, ?, ?, ?)')
  const dropKeyframes = db.prepare<[number, number, number]>('DELETE FROM keyframe WHERE run = ? AND number >= ? AND number < ?')
  const drop = db
    .prepare<{ run: number; first: number; next: number }, number>(
      `DELETE FROM checkpoint WHERE ${isCheckpointOf('@run', '@first', '(@next - 1)')} RETURNING octet_length(content) + octet_length(checksum)`,
    )
    .pluck()

  /** Where it is far to the end, a checkpoint that has a keyframe already is the nearest one to stop at. */
  const stopOf = ({ number: run }: RunRow, { first, number: end }: Range): number => {
    if (end - first <= mostRows) return end
    return lastKeyframe.get(run, first, first + mostRows) ?? first + mostRows
  }

  const beginAnew = (run: RunRow, number: number): number => {
    if (hasKeyframe.get(run.number, number) !== undefined) return 0
    const { checkpoint, state: map } = state(run, number)
    const { text, checksum } = sealKeyframe(checkpoint.checksum, map)
    const body = crypt.sealBytes(run.lineage, 'keyframe', [run.record.id, number], pack(Buffer.from(text)))
    putKeyframe.run(run.number, number, body, checksum)
    return 1
  }

  return (run, range, at) => {
    const { first } = range
    const next = stopOf(run, range)
    const before = stubsOf(run).find(({ number }) => number === first)
    const behind = stubsOf(run).find((stub) => stub.first === next)
    const parent = behind?.parent ?? chain(run, first, next).at(-1)?.parent
    if (behind !== undefined) chain(run, first, next - 1)
    if (parent === undefined || parent === null) throw new Error(`nothing comes before checkpoint ${next} of run ${run.record.id}`)
    const begun = behind === undefined ? beginAnew(run, next) : 0
    const { changes } = dropKeyframes.run(run.number, first, next)
    const bytes = drop.all({ run: run.number, first, next })
    return {
      next,
      stub: { number: behind?.number ?? next, first: before?.first ?? first, parent, at, isUnderWay: true },
      meets: [before, behind].flatMap((stub) => (stub === undefined ? [] : [stub.number])),
      keyframes: begun - changes,
      checkpoints: bytes.length,
      bytes: bytes.reduce((sum, each) => sum + each, 0),
    }
  }
}

function stubWriter(db: Database.Database) {
  const crypt = cryptOf(db)
  const marks = [...stubFormat.columns, 'content', 'checksum'].map(() => '?').join(', ')
  const insert = db.prepare(`INSERT INTO stub (${rowColumns(stubFormat)}) VALUES (${marks})`)
  const take = db.prepare<[number, number], Buffer>('DELETE FROM stub WHERE run = ? AND number = ? RETURNING checksum').pluck()

  const drop = (run: number, number: number, tally: Tally): void => {
    for (const checksum of take.all(run, number)) tally.enter(checksum)
  }
  return {
    drop,
    /** Writes a stub in the place of the one of its number. */
    put: (run: number, stub: StubRow, tally: Tally): void => {
      drop(run, stub.number, tally)
      const key = [run, stub.number]
      const { content, checksum } = sealRow(crypt, 0, stubFormat, key, stub)
      insert.run(...key, content, checksum)
      tally.enter(checksum)
    },
  }
}
