import type Database from 'better-sqlite3'
import { type Instant, WorkflowName } from '../../../model/ids.ts'
import type { WorkflowHealth } from '../../../model/workflow-views.ts'
import { quantile } from '../../measure/histogram.ts'
import { always, finestKept, floor } from '../../measure/widths.ts'
import { runReader } from '../../read/runs.ts'
import { histogramOf } from './histogram-of.ts'
import { type Sum, type Sums, total } from './sums.ts'

/** How the runs of every workflow that has any have fared since an instant. */
export function healthReader(store: Database.Database, sums: Sums): (from: Instant) => WorkflowHealth[] {
  const workflows = store.prepare<[], string>('SELECT DISTINCT workflow FROM run ORDER BY workflow').pluck()
  const runs = runReader(store)

  /** As far as they can be read. */
  const newest = (workflow: WorkflowName): Pick<WorkflowHealth, 'lastRunAt' | 'lastFailure'> => {
    const { runs: [last] } = runs.page({ workflow, limit: 1 }, 1)
    const { runs: [failed] } = runs.page({ workflow, status: ['failed'], limit: 1 }, 1)
    const { id: run, endedAt, updatedAt, failure = null } = failed?.record ?? {}
    return {
      lastRunAt: last?.record.createdAt ?? null,
      lastFailure: run === undefined ? null : { run, at: endedAt ?? updatedAt ?? 0, failure },
    }
  }

  return (from) => {
    const since = floor(from, finestKept(from, sums.newest()))
    const outcomes = Map.groupBy(sums.totals('run', since, always.to, null), ({ workflow }) => workflow)
    const took = new Map(sums.totals('run_took', since, always.to, null).map(({ workflow, counts }) => [workflow, counts]))
    return workflows.all().flatMap((name) => {
      const { data: workflow } = WorkflowName.safeParse(name)
      // The row of a run is damaged that says so: verification finds it.
      if (workflow === undefined) return []
      const lengths = histogramOf(took.get(name) ?? new Map())
      return {
        workflow,
        ...outcomesOf(outcomes.get(name) ?? []),
        p50: quantile(lengths, 0.5),
        p95: quantile(lengths, 0.95),
        ...newest(workflow),
      }
    })
  }
}

function outcomesOf(sums: readonly Sum[]): Pick<WorkflowHealth, 'runs' | 'completed' | 'failed' | 'cancelled'> {
  const count = (outcome: string): number => total(sums.find(({ name }) => name === outcome)?.counts ?? new Map())
  return { runs: count('started'), completed: count('completed'), failed: count('failed'), cancelled: count('cancelled') }
}
