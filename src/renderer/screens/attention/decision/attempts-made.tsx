import type { DecisionRecord } from '../../../../model/decision.ts'
import type { RunDetail } from '../../../../model/views.ts'
import { attemptLook } from '../../../widgets/status/look.ts'
import { StatusBadge } from '../../../widgets/status/status-badge.tsx'
import { Lasted, Time } from '../../../widgets/time/times.tsx'
import { ShownText } from '../../../widgets/text/shown-text.tsx'
import { spelled } from '../../../widgets/text/unseen.ts'
import { counted } from '../../../../model/counted.ts'
import { isOfDecision } from './doubted.ts'
import './attempts-made.css'

const whichAttempt = { run: 'Attempt', compensate: 'Undoing, attempt', check: 'Asking whether it happened, attempt' } as const

/** Every attempt that was made of what is being asked about. */
export function AttemptsMade({ decision, detail }: { readonly decision: DecisionRecord; readonly detail: RunDetail }) {
  const attempts = detail.attempts.filter((attempt) => isOfDecision(attempt, decision))
  if (attempts.length === 0) return null
  return (
    <section className="attempts-made" aria-labelledby="attempts-made">
      <h3 id="attempts-made">{counted(attempts.length, 'attempt')} made</h3>
      <ol>
        {attempts.map(({ attempt, phase, status, failure, startedAt, endedAt }) => (
          <li key={attempt}>
            <span>
              {whichAttempt[phase]} {attempt}
            </span>
            <StatusBadge look={attemptLook[status]} />
            <Time at={startedAt} />
            <Lasted from={startedAt} until={endedAt} />
            <span className="clipped" title={failure === null ? undefined : spelled(failure.message)}>
              {failure !== null && <ShownText text={failure.message} />}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}
