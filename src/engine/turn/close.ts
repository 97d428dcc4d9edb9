/**
 * Bringing a run to an end other than completion: what runs is stopped, what was completed is compensated, last first.
 *
 * Invariants:
 * 1. An attempt inside an unsafe effect is not cut off here, nor the check of one: the run ends after it. How long it may take
 *    where somebody wants the run ended says `give-grace.ts`.
 * 2. Compensations run one at a time, each once, only for passes that completed.
 * 3. In a disarmed run, a compensation of a step that declares an effect waits until a person has armed it.
 * 4. The run ends only when nothing is under way and nothing is owed.
 * 5. A child run that is under way is cancelled, and has ended before anything is compensated: what it did comes last.
 * 6. A run that is rolled back is closed in the same way down to its savepoint, and goes back there once nothing is owed any more.
 */
import type { Failure } from '../../model/failure.ts'
import { ErrorId, type StepId } from '../../model/ids.ts'
import type { Closing } from '../../model/run.ts'
import type { StepRecord } from '../../model/step.ts'
import { mustBeArmed } from '../planner/arming.ts'
import { awaitsChild } from '../planner/child-wish.ts'
import { isUnderWay, nextCompensation } from '../planner/compensation.ts'
import { failWith } from '../planner/follows.ts'
import { retryAt, whyRetried } from '../planner/failure.ts'
import { askToArm } from './ask-to-arm.ts'
import { endAttempt, mayCutOff } from './end-attempt.ts'
import { openDecision, undoing } from './open-decision.ts'
import { takePlaceBack } from './place-again.ts'
import { startAttempt } from './start-attempt.ts'
import { tellFailure, tellRecovery, tellRunFailure } from './tell-error.ts'
import type { Turn } from './turn.ts'
import { settleLoops, withdrawDecisions } from './withdraw.ts'

/**
 * Begins to end the run, or its branch; `cause` is the error that it fails of. A run that is being closed already keeps its first
 * reason, unless it would only have been rolled back.
 */
export function close(turn: Turn, closing: Closing, cause: Cause | null = null): void {
  const before = turn.state.record.closing
  if (before !== null && (before.outcome !== 'rolled_back' || closing.outcome === 'rolled_back')) return continueClosing(turn)
  takePlaceBack(turn)
  turn.emit({ type: 'run_closing', closing: { ...closing, ...errorOf(turn, closing) } })
  for (const attempt of [...turn.state.attempts()]) {
    if (attempt.phase === 'run' && mayCutOff(turn, attempt)) endAttempt(turn, attempt, { status: 'cancelled', failure: null, counts: false })
  }
  settleLoops(turn, () => true)
  withdrawDecisions(turn, ({ phase }) => phase === 'run')
  const cancelled = [...turn.state.present()].filter((record) => cancelStep(turn, record))
  if (cause !== null) for (const record of cancelled) failsWith(turn, record, cause.step)
  const { outcome, failure } = closing
  if (outcome === 'failed' && failure !== null) failRun(turn, failure, cause?.error ?? null, cancelled.map(({ step }) => step))
  continueClosing(turn)
}

/** What the run fails of is on record: the error that is open of it, or the one that is about to be. */
function errorOf(turn: Turn, { outcome, failure }: Closing): { readonly error?: ErrorId } {
  if (outcome !== 'failed' || failure === null) return {}
  return { error: turn.state.errorOf(null, 'run')?.id ?? ErrorId.parse(turn.randomness.ulid(turn.now)) }
}

/** The step that a run fails of, and its error. */
export interface Cause {
  readonly step: StepId
  readonly error: ErrorId | null
}

/** What needs the step fails with it; what stood beside it is only stopped. */
function failsWith(turn: Turn, { step, iteration }: StepRecord, from: StepId): void {
  if (failWith(turn.state, from).has(step)) turn.emit({ type: 'step_follows', step, iteration, follows: { from, as: 'failed', by: null } })
}

/** The run's own error is open until all that completed is undone. */
function failRun(turn: Turn, failure: Failure, cause: ErrorId | null, took: readonly StepId[]): void {
  tellRunFailure(turn, failure, cause, took)
  tellRecovery(turn, null, 'run', { strategy: 'fail', why: 'what completed is compensated, last first' })
}

/** Answers whether it was. */
function cancelStep(turn: Turn, record: StepRecord): boolean {
  const { step, iteration, status } = record
  if (awaitsChild(record)) return false
  const open = status === 'pending' || status === 'waiting' || status === 'running'
  if (!open || turn.state.liveAttempt(record) !== undefined) return false
  turn.emit({ type: 'step_cancelled', step, iteration })
  return true
}

/** The next thing that closing waits for, or the end. Does nothing for a run that is not being closed. */
export function continueClosing(turn: Turn): void {
  const { closing, paused, status } = turn.state.record
  if (closing === null || paused || status === 'quarantined' || isUnderWay(turn.state)) return
  const owed = nextCompensation(turn.state)
  if (owed === undefined) {
    // One that is rolled back goes back by its timer, in a turn of its own.
    if (closing.outcome !== 'rolled_back') turn.emit({ type: 'run_moved', to: closing.outcome, waiting: null })
    return
  }
  if (owed.waiting !== null || turn.holds) return
  if (mustBeArmed(turn.state, owed, 'compensate')) askToArm(turn, owed, 'compensate')
  else compensate(turn, owed)
}

/** Begins what undoes a pass that completed. */
export function compensate(turn: Turn, record: StepRecord): void {
  if (turn.state.manifest(record.step).kind === 'workflow') callChildBack(turn, record)
  else startAttempt(turn, record, 'compensate')
}

/** A step with a child is undone by undoing that; where a pass has none, there is nothing to undo. */
function callChildBack(turn: Turn, { step, iteration, child }: StepRecord): void {
  if (child !== null) return turn.emit({ type: 'child_called_back', step, iteration, child })
  turn.emit({ type: 'compensation_settled', step, iteration, as: 'done' })
  continueClosing(turn)
}

/** A compensation has failed: it is tried again, or a person is asked. It is never passed over in silence. */
export function compensationFailed(turn: Turn, record: StepRecord, failure: Failure): void {
  const { step, iteration } = record
  const chance = { now: turn.now, fraction: turn.randomness.fraction() }
  const policy = turn.state.manifest(step).compensation?.retry ?? null
  const until = retryAt(policy, failure, record.compensationTries, chance) ?? null
  turn.marksError(record)
  tellFailure(turn, record, 'compensate', failure)
  const why = whyRetried(policy, failure, record.compensationTries)
  tellRecovery(turn, record, 'compensate', until === null ? { strategy: 'ask', why } : { strategy: 'retry', why, until })
  turn.emit({ type: 'compensation_waiting', step, iteration, until, failure })
  if (until === null) {
    openDecision(turn, record, { kind: 'recovery', ...undoing(turn.state.pass(record), failure), shown: null, edits: null, failure, deadline: null })
  }
}
