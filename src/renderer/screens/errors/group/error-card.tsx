import { Link } from '@tanstack/react-router'
import { ChevronRight } from 'lucide-react'
import { useId, useState } from 'react'
import type { ErrorView } from '../../../../model/error-record.ts'
import type { Failure } from '../../../../model/failure.ts'
import { FailureView } from '../../../widgets/failure/failure-view.tsx'
import { MarkedRunId } from '../../../widgets/replay/marked-run-id.tsx'
import { RecoveryTimeline } from '../../../widgets/recoveries/recovery-timeline.tsx'
import { errorLook, severityTone } from '../../../widgets/status/look.ts'
import { StatusBadge } from '../../../widgets/status/status-badge.tsx'
import { Lasted, Time } from '../../../widgets/time/times.tsx'
import { ErrorContext } from './error-context.tsx'

interface ErrorCardProps {
  readonly view: ErrorView
  /** What the group is headed by: it is read once. */
  readonly said: Failure
  readonly isOpenAtFirst: boolean
}

/** One error among its like: how it stands, what was done about it, and where it happened. */
export function ErrorCard({ view, said, isOpenAtFirst }: ErrorCardProps) {
  const { run, error } = view
  const { status, severity, openedAt, closedAt, phase, iteration, failure, made, took } = error
  const [isOpen, setOpen] = useState(isOpenAtFirst)
  const id = useId()
  return (
    <li className="error-card">
      <button type="button" aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)}>
        <ChevronRight size={13} className={isOpen ? 'open' : ''} aria-hidden />
        <StatusBadge look={errorLook[status]} />
        <span className="run">
          run <MarkedRunId run={run} />
          {phase === 'compensate' && ', undoing'}
          {iteration !== null && iteration > 1 && `, iteration ${iteration}`}
        </span>
        <span className="severity" data-tone={severityTone[severity]}>
          {severity}
        </span>
        <span className="quiet">
          {made > 0 && `${made === 1 ? '1 recovery' : `${made} recoveries`}, `}
          <Lasted from={openedAt} until={closedAt} />
        </span>
        <span className="quiet when">
          <Time at={openedAt} />
        </span>
      </button>
      <div id={id}>
        {isOpen && (
          <div className="details">
            {failure.message !== said.message && <FailureView failure={failure} />}
            {took.length > 0 && (
              <p>
                Not done because of it: <strong>{took.join(', ')}</strong>
              </p>
            )}
            <h4>What was done about it</h4>
            <RecoveryTimeline error={error} />
            <h4>Where it happened</h4>
            <ErrorContext view={view} />
            <p>
              <Link to="/runs/$run" params={{ run }} search={{ step: error.step ?? undefined, tab: 'errors' }} className="link">
                Open the run at it
              </Link>
            </p>
          </div>
        )}
      </div>
    </li>
  )
}
