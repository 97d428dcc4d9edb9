import { z } from 'zod'
import { ErrorGroup, type ErrorView } from '../../../model/error-record.ts'
import { ErrorId, type Instant, RunId } from '../../../model/ids.ts'
import { ErrorStatus } from '../../../model/status.ts'
import { runRowsReader } from '../../read/run-rows.ts'
import { runReader } from '../../read/runs.ts'
import type { OpenIndex } from '../open-index.ts'
import { parsed } from '../parsed.ts'

/** Groups that are told of, and runs that are named of each. */
const mostGroups = 100
const mostRuns = 20

export interface ErrorAnswers {
  errors(since: Instant): readonly ErrorGroup[]
}

interface Grouped {
  readonly fingerprint: string
  readonly count: number
  readonly runs: number
  readonly firstAt: number
  readonly lastAt: number
  readonly outcomes: string
}

const Outcomes = ErrorGroup.shape.outcomes
const none = z.record(ErrorStatus, z.int()).parse(Object.fromEntries(ErrorStatus.options.map((status) => [status, 0])))

export function errorAnswers({ index, store }: OpenIndex): ErrorAnswers {
  const runs = runReader(store)
  const rowsOf = runRowsReader(store)
  const groups = index.prepare<{ since: Instant; limit: number }, Grouped>(
    `SELECT fingerprint, sum(count) AS count, max(runs) AS runs, min(first) AS firstAt, max(last) AS lastAt,
       json_group_object(status, count) AS outcomes
     FROM (
       SELECT fingerprint, status, count(*) AS count, min(opened_at) AS first, max(at) AS last,
         (SELECT count(DISTINCT run) FROM error AS its WHERE its.fingerprint = error.fingerprint AND its.at >= :since AND its.follows = 0) AS runs
       FROM error WHERE follows = 0 AND at >= :since GROUP BY fingerprint, status
     )
     GROUP BY fingerprint ORDER BY lastAt DESC LIMIT :limit`,
  )
  const newestOf = index.prepare<[string, Instant, number], { run: string; id: string }>(
    'SELECT run, max(id) AS id FROM error WHERE fingerprint = ? AND follows = 0 AND at >= ? GROUP BY run ORDER BY max(at) DESC, id DESC LIMIT ?',
  )

  /** Undefined where its run is gone since. @throws CorruptionFound */
  const view = (run: RunId, id: ErrorId): ErrorView | undefined => {
    const row = runs.byId(run)
    const error = row === undefined ? undefined : rowsOf(row).errors.find((each) => each.id === id)
    if (row === undefined || error === undefined) return undefined
    return { run, workflow: row.record.workflow, correlation: row.record.correlation, error }
  }

  const group = ({ fingerprint, count, runs: number, firstAt, lastAt, outcomes }: Grouped, since: Instant): ErrorGroup[] => {
    const named = newestOf.all(fingerprint, since, mostRuns).map(({ run, id }) => ({ run: parsed(RunId, run), id: parsed(ErrorId, id) }))
    const newest = named[0] === undefined ? undefined : view(named[0].run, named[0].id)
    if (newest === undefined) return []
    const { workflow, error } = newest
    return [
      {
        ...{ fingerprint, workflow, step: error.step, newest, count, runs: number, firstAt, lastAt },
        newestRuns: named.map(({ run }) => run),
        outcomes: parsed(Outcomes, { ...none, ...JSON.parse(outcomes) }),
      },
    ]
  }

  return {
    /** Errors since then that follow from no other, by what went wrong; the newest group first. @throws CorruptionFound */
    errors: (since) => groups.all({ since, limit: mostGroups }).flatMap((each) => group(each, since)),
  }
}
