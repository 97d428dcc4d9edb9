import type { ErrorFigures, ErrorGroups, ErrorPlace, ErrorQuery, ErrorsOfGroup, GroupPlace, Outcomes } from '../../../model/error-query.ts'
import { type ErrorGroup, type ErrorView, toldError } from '../../../model/error-record.ts'
import { type Instant, RunId } from '../../../model/ids.ts'
import { ErrorStatus } from '../../../model/status.ts'
import { ifWhole } from '../../read/if-whole.ts'
import { runRowsReader } from '../../read/run-rows.ts'
import { runReader } from '../../read/runs.ts'
import type { OpenIndex } from '../open-index.ts'
import { parsed } from '../parsed.ts'
import { damageReader, ofStore } from './damage.ts'
import { figuresReader } from './figures.ts'
import { bound, matching } from './matching.ts'

/** Runs that are named of each group. */
const mostRuns = 20

export interface ErrorAnswers {
  /** So many groups after a place, or the first. */
  errorGroups(query: ErrorQuery, after: GroupPlace | null, limit: number): ErrorGroups
  /** So many errors of a group after a place, or the first. */
  errorsOfGroup(fingerprint: string, query: ErrorQuery, after: ErrorPlace | null, limit: number): ErrorsOfGroup
  errorFigures(query: ErrorQuery & { readonly until: Instant }): ErrorFigures
}

type Grouped = { readonly fingerprint: string; readonly count: number; readonly runs: number; readonly firstAt: number; readonly lastAt: number } & Readonly<Outcomes>

interface Named {
  readonly run: string
  readonly id: string
  readonly at: number
}

type Page = ErrorQuery & { readonly limit: number }

export function errorAnswers({ index, store }: OpenIndex): ErrorAnswers {
  const runs = runReader(store)
  const rowsOf = runRowsReader(store)
  const damageById = damageReader(index, store)
  const outcomes = ErrorStatus.options.map((status) => `sum(status = '${status}') AS ${status}`).join(', ')
  const summed = `SELECT fingerprint, count(*) AS count, count(DISTINCT nullif(run, '${ofStore}')) AS runs, min(opened_at) AS firstAt, max(at) AS lastAt, ${outcomes} FROM error`
  const grouped = index.prepare<Page & { lastAt: Instant | null; fingerprint: string }, Grouped>(
    `${summed} WHERE ${matching('at')} GROUP BY fingerprint
     HAVING :lastAt IS NULL OR (max(at), fingerprint) < (:lastAt, :fingerprint)
     ORDER BY lastAt DESC, fingerprint DESC LIMIT :limit`,
  )
  const one = index.prepare<ErrorQuery & { fingerprint: string }, Grouped>(`${summed} WHERE fingerprint = :fingerprint AND ${matching('at')} GROUP BY fingerprint`)
  const counted = index.prepare<ErrorQuery, { groups: number; errors: number }>(
    `SELECT count(DISTINCT fingerprint) AS groups, count(*) AS errors FROM error WHERE ${matching('at')}`,
  )
  const ever = index.prepare<[], number>('SELECT 1 FROM error WHERE follows = 0 LIMIT 1').pluck()
  const newestRuns = index.prepare<Page & { fingerprint: string }, Named>(
    `SELECT run, max(id) AS id, max(at) AS at FROM error WHERE fingerprint = :fingerprint AND ${matching('at')}
     GROUP BY run ORDER BY max(at) DESC, id DESC LIMIT :limit`,
  )
  const ofGroup = index.prepare<Page & { fingerprint: string; at: Instant | null; id: string }, Named>(
    `SELECT run, id, at FROM error WHERE fingerprint = :fingerprint AND ${matching('at')}
       AND (:at IS NULL OR (at, id) < (:at, :id))
     ORDER BY at DESC, id DESC LIMIT :limit`,
  )

  /** Undefined where its run is gone since. @throws CorruptionFound */
  const view = (of: Named): ErrorView | undefined => {
    if (of.run === ofStore) return damageById(of.id)
    const run = parsed(RunId, of.run)
    const row = runs.byId(run)
    const error = row === undefined ? undefined : rowsOf(row).errors.find(({ id }) => id === of.id)
    if (row === undefined || error === undefined) return undefined
    return { run, workflow: row.record.workflow, correlation: row.record.correlation, error: toldError(error) }
  }

  /** The same, undefined too where it is damaged: then its run, where it has one, is one of the damaged ones. */
  const told = (of: Named, damaged: Set<string>): ErrorView | undefined => {
    const read = ifWhole(() => ({ view: view(of) }))
    if (read === undefined && of.run !== ofStore) damaged.add(of.run)
    return read?.view
  }

  /** What is told of it is of its newest error that can be read. */
  const group = (query: ErrorQuery, { fingerprint, count, runs: number, firstAt, lastAt, ...outcomes }: Grouped, damaged: Set<string>): ErrorGroup[] => {
    const named = newestRuns.all({ ...bound(query), fingerprint, limit: mostRuns })
    const newest = named.values().map((each) => told(each, damaged)).find((each) => each !== undefined)
    if (newest === undefined) return []
    const { workflow } = newest
    const step = newest.run === null ? null : newest.error.step
    const newestOf = named.flatMap(({ run }) => (run === ofStore ? [] : parsed(RunId, run)))
    return [{ fingerprint, workflow, step, newest, count, runs: number, newestRuns: newestOf, firstAt, lastAt, outcomes }]
  }

  return {
    errorGroups: (query, after, limit) => {
      const found = grouped.all({ ...bound(query), lastAt: after?.lastAt ?? null, fingerprint: after?.fingerprint ?? '', limit })
      const last = found.length < limit ? undefined : found.at(-1)
      const damaged = new Set<string>()
      return {
        groups: found.flatMap((each) => group(query, each, damaged)),
        next: last === undefined ? null : { lastAt: last.lastAt, fingerprint: last.fingerprint },
        total: counted.get(bound(query)) ?? { groups: 0, errors: 0 },
        ever: ever.get() !== undefined,
        damaged: [...damaged],
      }
    },
    errorsOfGroup: (fingerprint, query, after, limit) => {
      const found = ofGroup.all({ ...bound(query), fingerprint, at: after?.at ?? null, id: after?.id ?? '', limit })
      const last = found.length < limit ? undefined : found.at(-1)
      const its = one.get({ ...bound(query), fingerprint })
      const damaged = new Set<string>()
      return {
        group: (its && group(query, its, damaged)[0]) ?? null,
        errors: found.flatMap((each) => told(each, damaged) ?? []),
        next: last === undefined ? null : { at: last.at, id: last.id },
        damaged: [...damaged],
      }
    },
    errorFigures: figuresReader(index),
  }
}
