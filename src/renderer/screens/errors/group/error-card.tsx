import { Link } from '@tanstack/react-router'
import type { ErrorOfRun } from '../../../../model/error-record.ts'
import type { Failure } from '../../../../model/failure.ts'
import { FailureView } from '../../../widgets/failure/failure-view.tsx'
import { MarkedRunId } from '../../../widgets/replay/marked-run-id.tsx'
import { RecoveryTimeline } from '../../../widgets/recoveries/recovery-timeline.tsx'
import { CardFrame } from './card-frame.tsx'
import { ErrorContext } from './error-context.tsx'

interface ErrorCardProps {
  readonly view: ErrorOfRun
  /** What the group is headed by: it is read once. */
  readonly said: Failure
  readonly isOpenAtFirst: boolean
}

/** One error among its like: how it stands, what was done about it, and where it happened. */
export function ErrorCard({ view, said, isOpenAtFirst }: ErrorCardProps) {
  const { run, error } = view
  const { phase, iteration, failure, made, took } = error
  const about = (
    <>
      run <MarkedRunId run={run} />
      {phase === 'compensate' && ', undoing'}
      {iteration !== null && iteration > 1 && `, iteration ${iteration}`}
    </>
  )
  const done = made > 0 && `${made === 1 ? '1 recovery' : `${made} recoveries`}, `
  return (
    <CardFrame error={error} about={about} done={done} isOpenAtFirst={isOpenAtFirst}>
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
    </CardFrame>
  )
}
