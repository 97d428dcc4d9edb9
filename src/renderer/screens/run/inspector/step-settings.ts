import { bytes } from '../../../../model/bytes.ts'
import { times } from '../../../../model/counted.ts'
import type { StatusMeanings } from '../../../../model/http.ts'
import { defaultRetry, type RetryPolicy, type StepManifest } from '../../../../model/manifest.ts'
import type { Exits } from '../../../../model/program.ts'
import { lengthOfTime } from '../../../widgets/time/format.ts'

/** What the author settled of a step, name by name. */
export function settingsOf(step: StepManifest): Readonly<Record<string, string | null>> {
  const flags = [
    step.optional && 'optional',
    step.critical && 'critical',
    step.conditional && 'conditional',
    step.isolated && 'a process to itself',
    step.sensitive && 'sensitive',
  ]
  return {
    id: step.id,
    kind: step.kind,
    needs: step.needs.length === 0 ? null : step.needs.join(', '),
    timeout: step.timeout === null ? null : lengthOfTime(step.timeout),
    retry: step.kind === 'wait' || step.kind === 'approval' ? null : retryInWords(step.retry ?? defaultRetry),
    'exit codes': step.kind === 'shell' ? exitsInWords(step.exits) : null,
    request: step.kind === 'http' ? requestInWords(step) : null,
    statuses: step.kind === 'http' ? statusesInWords(step.statuses) : null,
    effect: step.effect === null ? null : `touches the outside world, ${step.effect.repeat} to repeat`,
    uses: amountsInWords(step.uses),
    holds: amountsInWords(step.holds),
    fallback: step.fallback,
    loop: step.loop === null ? null : `back to ${step.loop.to.join(' or ')}, ${times(step.loop.max)} at most`,
    deadline:
      step.kind === 'approval' && step.deadline !== null
        ? `${lengthOfTime(step.deadline)}, then ${step.onDeadline === 'fail' ? 'it fails' : 'it is skipped'}`
        : null,
    'waits for':
      step.kind === 'wait'
        ? step.duration === null
          ? 'as long as the definition answers'
          : lengthOfTime(step.duration)
        : null,
    'when nothing helps': whenNothingHelps(step),
    savepoint: step.savepoint === undefined ? null : `${step.savepoint}, before it starts`,
    'can be undone': step.compensates ? undoingInWords(step) : null,
    also: flags.filter((flag) => flag !== false).join(', ') || null,
  }
}

/** `smtp, 2 of license` */
function amountsInWords(amounts: StepManifest['uses']): string | null {
  return Object.entries(amounts).map(([name, amount]) => (amount === 1 ? name : `${amount} of ${name}`)).join(', ') || null
}

function whenNothingHelps({ rollback, onFailure }: StepManifest): string | null {
  const asked = onFailure === 'ask' ? 'a person is asked' : null
  if (rollback === undefined) return asked
  return `back to ${rollback.to}, ${times(rollback.max)} at most${asked === null ? '' : `; then ${asked}`}`
}

function undoingInWords({ compensation, timeout: own }: StepManifest): string {
  const timeout = compensation?.timeout ?? own
  return [retryInWords(compensation?.retry ?? defaultRetry), timeout !== null && `${lengthOfTime(timeout)} each`].filter((part) => part !== false).join(', ')
}

function requestInWords({ method, maxBytes, idempotencyHeader }: Extract<StepManifest, { kind: 'http' }>): string {
  const key = idempotencyHeader === null ? '' : `, its key in ${idempotencyHeader}`
  return `${method}, ${bytes(maxBytes)} of answer at most${key}`
}

/** Null where no status means anything but what it usually does. */
function statusesInWords(statuses: StatusMeanings): string | null {
  return Object.entries(statuses).map(([status, meaning]) => (meaning === 'completes' ? `${status} completes` : `${status} is ${meaning}`)).join(', ') || null
}

/** Null where no code means anything but what it usually does. */
function exitsInWords(exits: Exits): string | null {
  return Object.entries(exits).map(([code, meaning]) => `${code} is ${meaning}`).join(', ') || null
}

function retryInWords({ attempts, initial, factor, max }: RetryPolicy): string {
  if (attempts === 1) return 'one attempt'
  const growing = factor === 1 ? '' : ` × ${factor}`
  return `${attempts} attempts, after ${lengthOfTime(initial)}${growing}, ${lengthOfTime(max)} at most`
}
