import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { WorkflowName } from '../../../model/ids.ts'
import { useApi } from '../../state/client.ts'
import { Skeleton } from '../../widgets/feedback/skeleton.tsx'
import { ShortId } from '../../widgets/identity/short-id.tsx'
import { Panel } from '../../widgets/panel/panel.tsx'
import { ReplayMark } from '../../widgets/replay/replay-mark.tsx'
import { lengthOfTime } from '../../widgets/time/format.ts'
import { Age } from '../../widgets/time/times.tsx'
import { OutcomeBar } from '../workflows/outcome-bar.tsx'
import { StepDurations } from './step-durations.tsx'

/** How the runs of the last day ended, how long they took, and which failed. */
export function HealthTab({ workflow }: { readonly workflow: WorkflowName }) {
  const api = useApi()
  const { data } = useQuery({
    queryKey: ['workflows', 'health'],
    queryFn: () => api.workflows.health({}),
    meta: { follows: ['runs', 'workflows'] },
    placeholderData: keepPreviousData,
  })
  const failures = useQuery({
    queryKey: ['runs', 'failed', workflow],
    queryFn: () => api.runs.search({ query: `workflow:${workflow} status:failed`, limit: 10 }),
    meta: { follows: ['runs'] },
    placeholderData: keepPreviousData,
  })
  if (data === undefined || failures.data === undefined) return <Skeleton lines={6} />
  const health = data.workflows.find((each) => each.workflow === workflow)
  return (
    <div className="health-tab">
      <Panel
        title="Runs, last 24 hours"
        aside={
          <Link to="/runs" search={{ query: `workflow:${workflow}` }} className="link">
            All its runs
          </Link>
        }
      >
        {health === undefined ? <p className="quiet">No run yet.</p> : <OutcomeBar health={health} />}
        {health !== undefined && health.p50 !== null && health.p95 !== null && (
          <p className="quiet">
            Half of those that completed took {lengthOfTime(health.p50)} or less, 95% {lengthOfTime(health.p95)} or less.
          </p>
        )}
      </Panel>
      <StepDurations workflow={workflow} />
      <Panel title="Failed runs, newest first">
        {failures.data.runs.length === 0 && <p className="quiet">None.</p>}
        <ul>
          {failures.data.runs.map((run) => (
            <li key={run.id}>
              <Link to="/runs/$run" params={{ run: run.id }} className="failed">
                <ShortId id={run.id} />
                <Age at={run.endedAt ?? run.updatedAt} />
                <ReplayMark of={run} />
                <span className="clipped" title={run.failure?.message}>
                  {run.failure?.message}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      </Panel>
    </div>
  )
}
