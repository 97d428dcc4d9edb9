import { FailureGroup } from '../../../model/attention.ts'
import { type Instant, RunId } from '../../../model/ids.ts'
import { removedRunReader } from '../../read/removed-runs.ts'
import { runReader } from '../../read/runs.ts'
import { IndexBroken } from '../index-broken.ts'
import type { OpenIndex } from '../open-index.ts'
import { parsed } from '../parsed.ts'

/** Groups that are told of, and runs that are named of each. */
const mostGroups = 100
const mostRuns = 20

export interface FailureAnswers {
  failures(since: Instant): readonly FailureGroup[]
}

/** A run that stands at failed. */
interface Standing {
  readonly run: string
  readonly step: string | null
  readonly fingerprint: string
  readonly at: Instant
}

export function failureAnswers({ index, store }: OpenIndex): FailureAnswers {
  const runs = runReader(store)
  const removed = removedRunReader(store)
  // Who starts a run again under the correlation id of one that failed is seeing to it.
  const standing = index.prepare<[Instant], Standing>(
    `WITH stood AS MATERIALIZED (
       SELECT failed_run.run, step, fingerprint, at, number, workflow, correlation
       FROM failed_run JOIN run ON run.id = failed_run.run WHERE at >= ? AND status = 'failed'
     ), good AS MATERIALIZED (
       SELECT workflow, correlation, max(number) AS newest FROM run
       WHERE correlation IN (SELECT correlation FROM stood) AND status NOT IN ('failed', 'cancelled', 'quarantined')
       GROUP BY workflow, correlation
     )
     SELECT run, step, fingerprint, at FROM stood LEFT JOIN good USING (workflow, correlation)
     WHERE newest IS NULL OR newest < number
     ORDER BY at DESC, run DESC`,
  )

  /** What is told of the failure comes from the newest run's checked row. */
  const group = ([newest, ...older]: readonly Standing[]): FailureGroup[] => {
    if (newest === undefined) return []
    const ids = [newest, ...older.slice(0, mostRuns - 1)].map(({ run }) => parsed(RunId, run))
    const record = ids[0] === undefined ? undefined : runs.byId(ids[0])?.record
    if (record === undefined && removed.numberOf(newest.run) === undefined) {
      throw new IndexBroken(`it has run ${newest.run}, which the store has not`)
    }
    const { workflow, failure } = record ?? { failure: null }
    // The run has moved on since, or was removed: the next answer knows of it.
    if (failure === null || workflow === undefined) return []
    const { fingerprint, step, at } = newest
    return [
      {
        fingerprint,
        workflow,
        step: parsed(FailureGroup.shape.step, step),
        failure,
        runs: ids,
        count: 1 + older.length,
        firstAt: older.at(-1)?.at ?? at,
        lastAt: at,
      },
    ]
  }

  return {
    /** Runs that failed since then and that no later run makes good, by what went wrong; the newest group first. */
    failures: (since) =>
      [...Map.groupBy(standing.all(since), ({ fingerprint }) => fingerprint).values()].slice(0, mostGroups).flatMap(group),
  }
}
