import { type ErrorRecord, followersOf } from '../../../../model/error-record.ts'
import { FailureView } from '../../../widgets/failure/failure-view.tsx'
import { RecoveryTimeline } from '../../../widgets/recoveries/recovery-timeline.tsx'
import { errorLook, severityTone } from '../../../widgets/status/look.ts'
import { StatusBadge } from '../../../widgets/status/status-badge.tsx'
import { Time } from '../../../widgets/time/times.tsx'
import { useFollowed } from '../state/following.ts'
import { useSelect } from '../state/selection.ts'
import { useRestedMoment } from '../state/view.ts'
import { Disclosure } from './disclosure.tsx'
import { Facts } from './facts.tsx'
import { WhereItBegan } from './where-it-began.tsx'

/** One error whole: what it was, what it follows from, what was done about it, and where to look further. */
export function ErrorCard({ error, cause }: { readonly error: ErrorRecord; readonly cause: ErrorRecord | undefined }) {
  const { step, phase, iteration, severity, status, openedAt, took } = error
  const until = useRestedMoment()?.at
  // A run fails of what its step failed of: that is read once.
  const isSaidThere = cause?.failure.message === error.failure.message
  return (
    <li className="failed error-record" id={`error-${error.id}`}>
      <header>
        <strong>
          {phase === 'compensate' && 'Undoing '}
          {step ?? 'The run'}
          {iteration !== null && iteration > 1 && `, iteration ${iteration}`}
        </strong>
        <StatusBadge look={errorLook[status]} as="pill" />
        <span className="severity" data-tone={severityTone[severity]}>
          {severity}
        </span>
        <span className="quiet">
          <Time at={openedAt} />
        </span>
      </header>
      {cause !== undefined && <Because of={cause} />}
      {took.length > 0 && (
        <p>
          Not done because of it: <strong>{took.join(', ')}</strong>
        </p>
      )}
      <WhatFollows of={error} />
      {!isSaidThere && <FailureView failure={error.failure} />}
      {!isSaidThere && error.failure.cycle !== undefined && <WhereItBegan cycle={error.failure.cycle} />}
      <RecoveryTimeline error={error} until={until} />
      <Disclosure title="Where it happened">{() => <Context error={error} />}</Disclosure>
    </li>
  )
}

/** What became of the steps that need the one that failed. */
function WhatFollows({ of: { step, branch, phase } }: { readonly of: ErrorRecord }) {
  const steps = useFollowed(({ run }) => run.detail.steps)
  const until = useRestedMoment()?.at ?? Infinity
  if (step === null || phase !== 'run') return null
  const followers = followersOf({ step, branch }, steps).filter(({ endedAt }) => until === Infinity || (endedAt !== null && endedAt <= until))
  if (followers.length === 0) return null
  return (
    <p>
      What follows from it: <strong>{followers.map((each) => `${each.step} ${followWords[each.follows.as]}`).join(', ')}</strong>
    </p>
  )
}

const followWords = { skipped: 'is left out', rerouted: 'goes on around it', failed: 'is not done' } as const

function Because({ of }: { readonly of: ErrorRecord }) {
  const select = useSelect()
  const name = of.step ?? 'the run'
  return (
    <p>
      Because of{' '}
      <button
        type="button"
        className="link"
        onClick={() => select({ step: of.step ?? undefined, iteration: of.iteration ?? undefined, tab: 'errors' })}
      >
        the error of {name}
      </button>
    </p>
  )
}

function Context({ error }: { readonly error: ErrorRecord }) {
  const { step, iteration, checkpoint, attempts, environment, branch, fingerprint } = error
  const select = useSelect()
  const at = { step: step ?? undefined, iteration: iteration ?? undefined, attempt: attempts?.last }
  return (
    <Facts
      of={{
        state: (
          <button type="button" className="link" onClick={() => select({ checkpoint, branch, tab: 'state' })}>
            checkpoint {checkpoint}
          </button>
        ),
        attempts: attempts !== null && (
          <button type="button" className="link" onClick={() => select({ ...at, tab: 'attempts' })}>
            {attempts.first === attempts.last ? `attempt ${attempts.last}` : `${attempts.first} to ${attempts.last}`}
          </button>
        ),
        log: attempts !== null && (
          <button type="button" className="link" onClick={() => select({ ...at, tab: 'logs' })}>
            of attempt {attempts.last}
          </button>
        ),
        'ran in': environment === null ? null : `Cairn ${environment.host}, Node ${environment.node}, ${environment.platform}, ${environment.executor}`,
        'told apart by': <code>{fingerprint}</code>,
      }}
    />
  )
}
