import type { ReactNode } from 'react'
import type { Instant } from '../../../model/ids.ts'
import { isEnded } from '../../../model/status.ts'
import type { RunSummary } from '../../../model/views.ts'
import { ShortId } from '../identity/short-id.tsx'
import { ReplayMark } from '../replay/replay-mark.tsx'
import { lookOfRun } from '../status/look.ts'
import { StatusBadge } from '../status/status-badge.tsx'
import { fullTime, lengthOfTime, shortTime } from '../time/format.ts'
import { Lasted } from '../time/times.tsx'
import type { ColumnId } from './columns.ts'

/** What the times of all rows are written with. Each row asking for itself would cost more than the rest of it. */
export interface Times {
  /** A minute old at most: it only decides whether a time needs its day. */
  readonly now: Instant
  readonly zone: string
}

/** What each column shows of a run. Links are plain: the table takes their presses. */
export const cells: Readonly<Record<ColumnId, (run: RunSummary, times: Times) => ReactNode>> = {
  status: (run) => <StatusBadge look={lookOfRun(run)} />,
  workflow: (run) => (
    <>
      <a href={`/runs/${run.id}`} tabIndex={-1} className="name clipped">
        {run.workflow}
      </a>
      <ReplayMark of={run} />
    </>
  ),
  id: ({ id }) => <ShortId id={id} />,
  started: ({ createdAt }, times) => timeOf(createdAt, times),
  duration: ({ createdAt, endedAt }) => {
    return endedAt === null ? <Lasted from={createdAt} until={null} /> : lengthOfTime(endedAt - createdAt)
  },
  step: ({ at, status }) => <Steps steps={at} hasEnded={isEnded(status) && status !== 'failed'} />,
  attempts: ({ attempts }) => attempts ?? <None why="was not counted for this run" />,
  version: ({ workflowVersion }) => `v${workflowVersion}`,
  checkpoints: ({ checkpoints }) => checkpoints,
  correlation: ({ correlation }) => (
    <code className="clipped" title={correlation}>
      {correlation}
    </code>
  ),
  ended: ({ endedAt }, times) => (endedAt === null ? <None why="has not ended" /> : timeOf(endedAt, times)),
  failure: ({ failure }) => failure !== null && <FailureLine of={failure} />,
}

function timeOf(at: Instant, { now, zone }: Times): ReactNode {
  return <time title={fullTime(at, zone)}>{shortTime(at, now, zone)}</time>
}

function Steps({ steps, hasEnded }: { readonly steps: RunSummary['at']; readonly hasEnded: boolean }) {
  const [first] = steps
  if (first === undefined || hasEnded) return null
  return (
    <span className="clipped" title={steps.join(', ')}>
      {first}
      {steps.length > 1 && <span className="quiet"> +{steps.length - 1}</span>}
    </span>
  )
}

function FailureLine({ of: { class: kind, message } }: { readonly of: NonNullable<RunSummary['failure']> }) {
  return (
    <span className="clipped" title={message}>
      <span className="kind">{kind.replaceAll('_', ' ')}</span> {message}
    </span>
  )
}

function None({ why }: { readonly why: string }) {
  return (
    <span className="quiet" title={why}>
      –
    </span>
  )
}
