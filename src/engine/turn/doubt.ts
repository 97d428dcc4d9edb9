/**
 * Effects of which it is not known whether they happened.
 *
 * Invariants:
 * 1. Nothing of such a pass runs again until a person or the step's own check has said what happened (law 2).
 * 2. A pass in doubt is with an attempt of its check, waits for the next one, or waits for a person: never for nobody.
 * 3. What the check cannot tell, or cannot ask, a person says: nothing is guessed.
 */
import type { Failure } from '../../model/failure.ts'
import type { AttemptRecord, StepRecord } from '../../model/step.ts'
import { retryAt } from '../planner/failure.ts'
import { endAttempt } from './end-attempt.ts'
import { doubtActions, openDecision } from './open-decision.ts'
import { startAttempt } from './start-attempt.ts'
import { tellFailure, tellRecovery } from './tell-error.ts'
import type { Turn } from './turn.ts'

/** The attempt was cut off inside an effect that must not be repeated by guess. */
export function putInDoubt(turn: Turn, attempt: AttemptRecord, cause: Failure): void {
  const record = turn.state.pass(attempt)
  const { step, iteration } = record
  const failure: Failure = {
    ...cause,
    message: `${cause.message}: it is not known whether the effect of ${step} happened`,
    cause: cause.message,
    wayOut: 'look at the receiving side, then decide: it happened (give its output), or it did not (it runs again)',
  }
  endAttempt(turn, attempt, { status: 'in_doubt', failure, counts: false })
  turn.marksError(record)
  tellFailure(turn, record, attempt.phase === 'compensate' ? 'compensate' : 'run', failure)
  if (attempt.phase === 'compensate') {
    turn.emit({ type: 'compensation_waiting', step, iteration, until: null, failure })
    return askPerson(turn, record, failure)
  }
  turn.emit({ type: 'step_in_doubt', step, iteration, failure })
  if (!turn.state.manifest(step).checks) return askPerson(turn, record, failure)
  tellRecovery(turn, record, 'run', { strategy: 'check', why: 'its own check asks the receiver' })
  continueChecking(turn)
}

/** Has the receiver asked about every pass in doubt that nobody is asked about yet. */
export function continueChecking(turn: Turn): void {
  const { paused, status } = turn.state.record
  if (turn.holds || paused || status === 'quarantined') return
  for (const record of [...turn.state.underWay()]) {
    if (record.status === 'in_doubt' && record.waiting === null && !isAsked(turn, record)) startAttempt(turn, record, 'check')
  }
}

function isAsked(turn: Turn, { step, iteration }: StepRecord): boolean {
  if (turn.state.liveAttempt({ step, iteration }) !== undefined) return true
  return turn.state.decisions().some((decision) => decision.step === step && decision.iteration === iteration)
}

/** The check could not ask: it is tried again as the step's retries are, and then a person is asked. */
export function checkFailed(turn: Turn, attempt: AttemptRecord, failure: Failure): void {
  endAttempt(turn, attempt, { status: 'failed', failure, counts: true })
  const record = turn.state.pass(attempt)
  const { step, iteration } = record
  const chance = { now: turn.now, fraction: turn.randomness.fraction() }
  const until = retryAt(turn.state.manifest(step).retry, failure, record.checkTries, chance)
  if (until === undefined) askPerson(turn, record, toldBy(record, `its check failed: ${failure.message}`))
  else turn.emit({ type: 'check_waiting', step, iteration, until, failure })
}

/** The receiver cannot tell. */
export function checkCannotTell(turn: Turn, attempt: AttemptRecord, note: string | null): void {
  endAttempt(turn, attempt, { status: 'completed', failure: null, counts: false })
  const record = turn.state.pass(attempt)
  askPerson(turn, record, toldBy(record, `its check cannot tell${note === null ? '' : `: ${note}`}`))
}

/** The failure of a pass of which the receiver says that its effect did not happen: what cut it off, without the doubt. */
export function withoutDoubt({ step, failure }: StepRecord): Failure {
  if (failure === null) return { class: 'crash', name: 'CutOff', message: `${step} was cut off` }
  const { cause = failure.message, ...known } = failure
  const message = `${cause}: its effect did not happen, its check says`
  return { ...known, message, wayOut: 'look at what cut it off, then send the run back to before it' }
}

/** What is known on both sides. */
function toldBy({ step, failure }: StepRecord, what: string): Failure {
  const known = failure ?? { class: 'crash', name: 'InDoubt', message: `it is not known whether the effect of ${step} happened` }
  return { ...known, message: `${known.message}; ${what}` }
}

function askPerson(turn: Turn, record: StepRecord, failure: Failure): void {
  const phase = record.status === 'completed' ? 'compensate' : 'run'
  tellRecovery(turn, record, phase, { strategy: 'ask', why: 'only whoever looks at the receiving side knows whether it happened' })
  openDecision(turn, record, { kind: 'in_doubt', actions: [...doubtActions], shown: null, edits: null, failure, deadline: null })
}
