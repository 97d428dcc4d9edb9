import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { isEnded } from '../../../model/status.ts'
import type { RunSummary } from '../../../model/views.ts'
import { ShortId } from '../identity/short-id.tsx'
import { lookOfRun } from '../status/look.ts'
import { StatusBadge } from '../status/status-badge.tsx'
import { Lasted, Time } from '../time/times.tsx'
import type { ColumnId } from './columns.ts'

/** What each column shows of a run. */
export const cells: Readonly<Record<ColumnId, (run: RunSummary) => ReactNode>> = {
  status: (run) => <StatusBadge look={lookOfRun(run)} />,
  workflow: (run) => (
    <Link to="/runs/$run" params={{ run: run.id }} tabIndex={-1} className="name clipped" title={run.workflow}>
      {run.workflow}
    </Link>
  ),
  id: ({ id }) => <ShortId id={id} />,
  started: ({ createdAt }) => <Time at={createdAt} />,
  duration: ({ createdAt, endedAt }) => <Lasted from={createdAt} until={endedAt} />,
  step: ({ at, status }) => <Steps steps={at} hasEnded={isEnded(status) && status !== 'failed'} />,
  attempts: ({ attempts }) => attempts ?? <None why="was not counted for this run" />,
  version: ({ workflowVersion }) => `v${workflowVersion}`,
  checkpoints: ({ checkpoints }) => checkpoints,
  correlation: ({ correlation }) => (
    <code className="clipped" title={correlation}>
      {correlation}
    </code>
  ),
  ended: ({ endedAt }) => (endedAt === null ? <None why="has not ended" /> : <Time at={endedAt} />),
  failure: ({ failure }) => failure !== null && <FailureLine of={failure} />,
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
