import { type FailedRuns, FailedSince, FailureGroup } from '../../../model/attention.ts'
import { type Instant, RunId } from '../../../model/ids.ts'
import type { RunRow } from '../../format/rows.ts'
import { ifWhole } from '../../read/if-whole.ts'
import { removedRunReader } from '../../read/removed-runs.ts'
import { runReader } from '../../read/runs.ts'
import { IndexBroken } from '../index-broken.ts'
import type { OpenIndex } from '../open-index.ts'
import { parsed } from '../parsed.ts'
import { type Chain, chainsOf, type Standing } from './chains.ts'

/** Groups that are told of, and runs that are named of each. */
const mostGroups = 100
const mostRuns = 20

/** As SQLite says it. */
type Row = Omit<Standing, 'isBelow'> & { readonly isBelow: 0 | 1 }

export interface FailureAnswers {
  failures(since: Instant): FailedRuns
}

export function failureAnswers({ index, store }: OpenIndex): FailureAnswers {
  const runs = runReader(store)
  const removed = removedRunReader(store)
  // Who starts a run again under the correlation id of one that failed is seeing to it.
  const standing = index.prepare<[Instant], Row>(
    `WITH stood AS MATERIALIZED (
       SELECT failed_run.run, step, fingerprint, child, at, number, workflow, correlation,
         EXISTS (SELECT 1 FROM run AS above WHERE above.id = run.parent) AS isBelow
       FROM failed_run JOIN run ON run.id = failed_run.run WHERE at >= ? AND status = 'failed'
     ), good AS MATERIALIZED (
       SELECT workflow, correlation, max(number) AS newest FROM run
       WHERE correlation IN (SELECT correlation FROM stood) AND status NOT IN ('failed', 'cancelled', 'quarantined')
       GROUP BY workflow, correlation
     )
     SELECT run, workflow, step, fingerprint, child, isBelow, at FROM stood LEFT JOIN good USING (workflow, correlation)
     WHERE newest IS NULL OR newest < number
     ORDER BY at DESC, run DESC`,
  )

  /** The row of a run; null where it is gone since. @throws CorruptionFound */
  const rowOf = (run: RunId): RunRow | null => {
    const row = runs.byId(run)
    if (row === undefined && removed.numberOf(run) === undefined) throw new IndexBroken(`it has run ${run}, which the store has not`)
    return row ?? null
  }

  /** What is told of the failure comes from the newest of the runs that are named whose row is whole. */
  const group = (chains: readonly Chain[], damaged: Set<string>): FailureGroup[] => {
    const [newest, ...older] = chains.map(({ cause }) => cause)
    if (newest === undefined) return []
    const ids = [newest, ...older.slice(0, mostRuns - 1)].map(({ run }) => parsed(RunId, run))
    const row = ids.values().map((run) => whole(run, damaged)).find((each) => each !== undefined)
    const { workflow, failure } = row?.record ?? { failure: null }
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
        above: chains.slice(0, mostRuns).flatMap(aboveOf),
        firstAt: older.at(-1)?.at ?? at,
        lastAt: at,
      },
    ]
  }

  /** Undefined where it is damaged: then its run is one of the damaged ones. */
  const whole = (run: RunId, damaged: Set<string>): RunRow | null | undefined => {
    const row = ifWhole(() => rowOf(run))
    if (row === undefined) damaged.add(run)
    return row
  }

  return {
    /** Runs that failed since then and that no later run makes good, by what went wrong; the newest group first. */
    failures: (since) => {
      const chains = chainsOf(standing.all(since).map((row) => ({ ...row, isBelow: row.isBelow === 1 })))
      const damaged = new Set<string>()
      const groups = [...Map.groupBy(chains, ({ cause }) => cause.fingerprint).values()].slice(0, mostGroups).flatMap((each) => group(each, damaged))
      return { groups, damaged: [...damaged] }
    },
  }
}

function aboveOf({ cause, above }: Chain): FailedSince[] {
  return above.map(({ run, workflow, step }, at) => {
    const child = at === 0 ? cause.run : above[at - 1]?.run
    return parsed(FailedSince, { run, workflow, step, child })
  })
}
