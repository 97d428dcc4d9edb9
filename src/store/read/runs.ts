import type Database from 'better-sqlite3'
import type { UnfinishedRuns } from '../../engine/ports.ts'
import { isRunId, type RunId } from '../../model/ids.ts'
import { isEnded, RunStatus } from '../../model/status.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import type { RunFilter } from '../../model/views.ts'
import { cryptOf } from '../crypt/unlock.ts'
import { type RawRow, openRow, rowColumns, type SealedRow } from '../format/row.ts'
import { runFormat, type RunRow } from '../format/rows.ts'
import { ifWhole } from './if-whole.ts'
import { removedRunReader } from './removed-runs.ts'

const columns = rowColumns(runFormat)
const ended = RunStatus.options.filter(isEnded).toSorted()
/** Whatever no end of a run is, one that is no status at all among it, as ranges of the index. */
const isUnfinished = [...ended, undefined].map((next, at) => {
  const bounds = [at > 0 && `status > '${ended[at - 1]}'`, next !== undefined && `status < '${next}'`]
  return bounds.filter(Boolean).join(' AND ')
})
/** Beyond every run's number. */
const past = Number.MAX_SAFE_INTEGER

/** Some runs, what the file has for the ids of those among them whose rows are damaged, and whether more come. */
export interface ReadRuns {
  readonly runs: readonly RunRow[]
  readonly damaged: readonly string[]
  readonly hasMore: boolean
}

/** What was read of some runs, and what the file has for the ids of those among them of which it cannot be read. */
export interface ReadOfRuns<T> {
  readonly found: T[]
  readonly damaged: string[]
}

/** A run's row, and what stands in the file for it. */
export interface StandingRun {
  readonly row: RunRow
  readonly sealed: SealedRow
}

export function runReader(db: Database.Database) {
  const crypt = cryptOf(db)
  const removed = removedRunReader(db)
  const byId = db.prepare<[string], RawRow>(`SELECT ${columns} FROM run WHERE id = ?`).raw()
  const byNumber = db.prepare<[number], RawRow>(`SELECT ${columns} FROM run WHERE number = ?`).raw()
  const numberOf = db.prepare<[string], number>('SELECT number FROM run WHERE id = ?').pluck()
  const idOf = db.prepare<[number], string>('SELECT id FROM run WHERE number = ?').pluck()
  /** As the index of ids has them, which is all that is read. */
  const indexed = db.prepare<[], [number: number, id: string]>("SELECT number, id FROM run WHERE id > ''").raw()
  const notEnded = isUnfinished.map((isIt) => db.prepare<[], number>(`SELECT number FROM run WHERE ${isIt}`).pluck())
  const newest = db.prepare<[number, number], number>('SELECT number FROM run WHERE number < ? ORDER BY number DESC LIMIT ?').pluck()
  // Read off the index of ids alone, where a page of the table cannot be read.
  const newestIndexed = db
    .prepare<[number, number], number>("SELECT number FROM run WHERE id > '' AND +number < ? ORDER BY +number DESC LIMIT ?")
    .pluck()
  const newestOf = db
    .prepare<[string, number, number], number>('SELECT number FROM run WHERE status = ? AND number < ? ORDER BY number DESC LIMIT ?')
    .pluck()
  const newestOfWorkflow = db
    .prepare<[string, string, number, number], number>(
      'SELECT number FROM run WHERE workflow = ? AND status = ? AND number < ? ORDER BY number DESC LIMIT ?',
    )
    .pluck()

  /** Each status comes in order from its own index; the newest of all of them are among the newest of each. */
  const filtered = ({ workflow, status }: RunFilter, before: number, limit: number): number[] => {
    if (workflow === undefined && status === undefined) return ifWhole(() => newest.all(before, limit)) ?? newestIndexed.all(before, limit)
    const ofEach = [...new Set(status ?? RunStatus.options)].flatMap((each) =>
      workflow === undefined
        ? newestOf.all(each, before, limit)
        : newestOfWorkflow.all(workflow, each, before, limit),
    )
    return ofEach.toSorted((a, b) => b - a).slice(0, limit)
  }

  /** The numbers of the newest that the filter lets through, `limit` at a time. */
  function* newestFirst(filter: RunFilter, limit: number): Generator<number> {
    let before = filter.after === undefined ? past : (numberOf.get(filter.after) ?? removed.numberOf(filter.after) ?? 0)
    for (;;) {
      const numbers = filtered(filter, before, limit)
      yield* numbers
      const last = numbers.at(-1)
      if (last === undefined || numbers.length < limit) return
      before = last
    }
  }

  /** The run that a row of another table names. @throws CorruptionFound, where it is not there too */
  const named = (number: number): RunRow => {
    const row = byNumber.get(number)
    if (row === undefined) throw new CorruptionFound('run', String(number), 'a row names it and it is not there')
    return openRow(crypt, runFormat, row).content
  }

  const isFoundBy = (id: unknown, number: number): id is RunId => typeof id === 'string' && isRunId(id) && ifWhole(() => numberOf.get(id)) === number

  /** The ids by which these runs are found, whatever their rows say; without those that are found by none. */
  const knownBy = (numbers: readonly number[]): ReadonlyMap<number, RunId> => {
    const known = new Map<number, RunId>()
    const lost = new Set<number>()
    for (const number of numbers) {
      const id = ifWhole(() => idOf.get(number))
      if (isFoundBy(id, number)) known.set(number, id)
      else lost.add(number)
    }
    if (lost.size === 0) return known
    ifWhole(() => {
      for (const [number, id] of indexed.iterate()) if (lost.has(number) && isFoundBy(id, number)) known.set(number, id)
    })
    return known
  }

  /** What is said for the ids of damaged ones: by what they are found, what stands there, or else their numbers. */
  const saidFor = (numbers: readonly number[]): string[] => {
    const known = knownBy(numbers)
    return numbers.map((number) => known.get(number) ?? String(ifWhole(() => idOf.get(number)) ?? number))
  }

  return {
    /** @throws CorruptionFound */
    byId: (id: RunId): RunRow | undefined => {
      const row = byId.get(id)
      return row === undefined ? undefined : openRow(crypt, runFormat, row, () => id).content
    },

    /** @throws CorruptionFound */
    standing: (id: RunId): StandingRun | undefined => {
      const found = byId.get(id)
      if (found === undefined) return undefined
      const { content: row, sealed } = openRow(crypt, runFormat, found, () => id)
      return { row, sealed }
    },

    byNumber: named,

    /** What is read of each run that rows of another table name. One that is not there is told by its number. */
    each: <T>(numbers: Iterable<number>, read: (run: RunRow) => readonly T[]): ReadOfRuns<T> => {
      const found: T[] = []
      const damaged: number[] = []
      for (const number of numbers) {
        const its = ifWhole(() => read(named(number)))
        if (its === undefined) damaged.push(number)
        else found.push(...its)
      }
      return { found, damaged: saidFor(damaged) }
    },

    numberOf: (id: RunId): number | undefined => numberOf.get(id),

    /** Of all runs, as the index of ids has them; none, where that cannot be read. */
    numbers: (): number[] => (ifWhole(() => indexed.all()) ?? []).map(([number]) => number),

    saidFor,

    unfinished: (): UnfinishedRuns => {
      const numbers = notEnded.flatMap((some) => some.all()).toSorted((a, b) => a - b)
      const known = knownBy(numbers)
      const lost = saidFor(numbers.filter((number) => !known.has(number)))
      return {
        runs: numbers.flatMap((number) => known.get(number) ?? []),
        damaged: lost.map((said) => new CorruptionFound('run', said, 'no run is found by what stands there for its id')),
      }
    },

    /** Up to `limit` runs that the filter lets through, newest first. What is damaged hides no other: it is told beside them. */
    page: (filter: RunFilter, limit: number): ReadRuns => {
      const runs: RunRow[] = []
      const damaged: number[] = []
      let between: number[] = []
      for (const number of newestFirst(filter, limit + 1)) {
        const run = ifWhole(() => named(number))
        if (run === undefined) between.push(number)
        else if (runs.length === limit) return { runs, damaged: saidFor(damaged), hasMore: true }
        else {
          damaged.push(...between)
          between = []
          runs.push(run)
        }
      }
      return { runs, damaged: saidFor([...damaged, ...between]), hasMore: false }
    },
  }
}
