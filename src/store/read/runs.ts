import type Database from 'better-sqlite3'
import { RunId } from '../../model/ids.ts'
import { isEnded, RunStatus } from '../../model/status.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import type { RunFilter } from '../../model/views.ts'
import { cryptOf } from '../crypt/unlock.ts'
import { type RawRow, openRow, rowColumns, type SealedRow } from '../format/row.ts'
import { runFormat, type RunRow } from '../format/rows.ts'
import { removedRunReader } from './removed-runs.ts'

const columns = rowColumns(runFormat)
const unfinished = RunStatus.options.filter((status) => !isEnded(status))
/** Beyond every run's number. */
const past = Number.MAX_SAFE_INTEGER

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
  const idsOf = db.prepare<[string], { number: number; id: string }>('SELECT number, id FROM run WHERE status = ?')
  const newest = db
    .prepare<[number, number], RawRow>(`SELECT ${columns} FROM run WHERE number < ? ORDER BY number DESC LIMIT ?`)
    .raw()
  const newestOf = db
    .prepare<[string, number, number], RawRow>(
      `SELECT ${columns} FROM run WHERE status = ? AND number < ? ORDER BY number DESC LIMIT ?`,
    )
    .raw()
  const newestOfWorkflow = db
    .prepare<[string, string, number, number], RawRow>(
      `SELECT ${columns} FROM run WHERE workflow = ? AND status = ? AND number < ? ORDER BY number DESC LIMIT ?`,
    )
    .raw()

  /** Each status comes in order from its own index; the newest of all of them are the newest of each. */
  const filtered = ({ workflow, status }: RunFilter, before: number, limit: number): RawRow[] => {
    if (workflow === undefined && status === undefined) return newest.all(before, limit)
    return [...new Set(status ?? RunStatus.options)].flatMap((each) =>
      workflow === undefined
        ? newestOf.all(each, before, limit)
        : newestOfWorkflow.all(workflow, each, before, limit),
    )
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

    /** The run that a row of another table names. @throws CorruptionFound, where it is not there too */
    byNumber: (number: number): RunRow => {
      const row = byNumber.get(number)
      if (row === undefined) throw new CorruptionFound('run', String(number), 'a row names it and it is not there')
      return openRow(crypt, runFormat, row).content
    },

    numberOf: (id: RunId): number | undefined => numberOf.get(id),

    /** Ids of runs that are not ended, oldest first. @throws CorruptionFound */
    unfinished: (): RunId[] =>
      unfinished
        .flatMap((status) => idsOf.all(status))
        .toSorted((a, b) => a.number - b.number)
        .map(({ id }) => {
          const parsed = RunId.safeParse(id)
          if (parsed.success) return parsed.data
          throw new CorruptionFound('run', id, 'this is no id of a run')
        }),

    /** Up to `limit` runs that the filter lets through, newest first. @throws CorruptionFound */
    page: (filter: RunFilter, limit: number): RunRow[] => {
      const before = filter.after === undefined ? past : (numberOf.get(filter.after) ?? removed.numberOf(filter.after) ?? 0)
      return filtered(filter, before, limit)
        .map((row) => openRow(crypt, runFormat, row).content)
        .toSorted((a, b) => b.number - a.number)
        .slice(0, limit)
    },
  }
}
