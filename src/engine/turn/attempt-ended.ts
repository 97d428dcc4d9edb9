import { times } from '../../model/counted.ts'
import type { Failure } from '../../model/failure.ts'
import type { Address, StepId } from '../../model/ids.ts'
import type { AttemptRecord, StepRecord } from '../../model/step.ts'
import { ValueRefused } from '../../model/storage-errors.ts'
import type { AttemptResult, Prepared } from '../kinds/kind.ts'
import { letStepWait } from '../kinds/registry.ts'
import { loopBudget } from '../planner/loop.ts'
import type { Pass } from '../state/run-state.ts'
import { advance } from './advance.ts'
import { completeAndFail, completeOrStop } from './circle.ts'
import { compensationFailed, continueClosing } from './close.ts'
import { checkCannotTell, checkFailed, continueChecking, putInDoubt, withoutDoubt } from './doubt.ts'
import { endAttempt, isInsideUnsafeEffect } from './end-attempt.ts'
import { fail, leaveOut } from './fail.ts'
import { heldBack } from './hold-back.ts'
import { tellFailure } from './tell-error.ts'
import type { Turn } from './turn.ts'

/** What an attempt answered, where it was let do what it wanted to. */
type Answered = Exclude<AttemptResult, { type: 'cut_off' | 'held' }>
type ResultOf<T extends AttemptResult['type']> = Extract<AttemptResult, { type: T }>

/** An executor has answered for an attempt that is still live. */
export function attemptEnded(turn: Turn, attempt: AttemptRecord, result: AttemptResult): void {
  if (result.type === 'cut_off') cutOff(turn, attempt, result)
  else if (result.type === 'held') heldBack(turn, attempt, result.dependency)
  else if (attempt.phase === 'compensate') compensationEnded(turn, attempt, result)
  else if (attempt.phase === 'check') checkEnded(turn, attempt, result)
  else if (result.type === 'checked') failed(turn, attempt, wrongAnswer(attempt, 'was to run, and answered whether it happened'))
  else {
    const kept = keep(turn, attempt, result)
    if (kept.type !== 'failed') succeeded(turn, attempt, kept)
    else if (result.type === 'completed' && isInsideUnsafeEffect(turn.state, attempt)) putInDoubt(turn, attempt, kept.failure)
    else failed(turn, attempt, kept.failure)
  }
  continueClosing(turn)
}

/**
 * What an executor answered, with its value in the store's hands. A value that is not taken is the step's failure; after
 * an unsafe effect, which a retry or a fallback would repeat, a person gives the output.
 */
type Kept =
  | { readonly type: 'completed'; readonly output: Address; readonly next: StepId | null }
  | Prepared
  | ResultOf<'skipped' | 'failed'>

function keep(turn: Turn, { step }: AttemptRecord, result: Exclude<Answered, { type: 'checked' }>): Kept {
  const { sensitive } = turn.state.manifest(step)
  try {
    if (result.type === 'completed') return { ...result, output: turn.keep(result.output, sensitive) }
    if (result.type === 'asked') return { ...result, shown: turn.keep(result.shown, sensitive) }
    return result
  } catch (error) {
    if (error instanceof ValueRefused) return { type: 'failed', failure: valueRefused(step, error) }
    throw error
  }
}

function succeeded(turn: Turn, attempt: AttemptRecord, kept: Exclude<Kept, { type: 'failed' }>): void {
  const record = turn.state.pass(attempt)
  const manifest = turn.state.manifest(attempt.step)
  endAttempt(turn, attempt, { status: 'completed', failure: null, counts: true })
  if (kept.type === 'completed') {
    const next = turn.state.isPresent(attempt) && turn.state.record.closing === null ? kept.next : null
    const refused = next === null ? undefined : refusedLoop(turn, attempt, next)
    if (refused !== undefined) completeAndFail(turn, record, kept.output, refused)
    else completeOrStop(turn, record, kept.output, loopBudget(turn.state, attempt.step).left > 0 ? next : null)
  } else if (kept.type === 'skipped') {
    leaveOut(turn, record, 'condition')
  } else if (!letStepWait(turn, manifest, record, kept)) {
    goOnAfterFailure(turn, attempt, wrongAnswer(attempt, `answered ${kept.type}, which a ${manifest.kind} step cannot`))
  }
}

/** The receiver was asked whether the effect happened. That it did is the step's completion, as late as it is known. */
function checkEnded(turn: Turn, attempt: AttemptRecord, result: Answered): void {
  const { step, iteration } = attempt
  if (result.type === 'checked') {
    if (result.happened === null) return checkCannotTell(turn, attempt, result.note)
    endAttempt(turn, attempt, { status: 'completed', failure: null, counts: false })
    turn.emit({ type: 'doubt_settled', step, iteration, happened: false, note: result.note })
    return didNotHappen(turn, turn.state.pass(attempt))
  }
  const kept = keep(turn, attempt, result)
  if (kept.type === 'failed') return checkFailed(turn, attempt, kept.failure)
  if (kept.type !== 'completed') return checkFailed(turn, attempt, wrongAnswer(attempt, `was asked whether it happened, and answered ${kept.type}`))
  turn.emit({ type: 'doubt_settled', step, iteration, happened: true, note: null })
  succeeded(turn, attempt, kept)
}

/** The try failed after all: what follows is what follows any other. */
function didNotHappen(turn: Turn, record: StepRecord): void {
  const { step, iteration } = record
  if (turn.state.isPresent(record) && turn.state.record.closing !== null) turn.emit({ type: 'step_cancelled', step, iteration })
  else goOnAfterFailure(turn, record, withoutDoubt(record))
}

/** A step's decision to go back is refused where its definition does not allow it. */
function refusedLoop(turn: Turn, { step }: AttemptRecord, next: StepId): Failure | undefined {
  const { loop } = turn.state.manifest(step)
  if (loop === null || !loop.to.includes(next)) {
    return wrongAnswer({ step }, `wants to go back to ${next}, which its definition does not list`)
  }
  if (loop.onLimit === 'continue' || loopBudget(turn.state, step).left > 0) return undefined
  return {
    class: 'loop_limit',
    name: 'LoopLimit',
    message: `step ${step} has sent the run back ${times(loop.max)}, which is its bound`,
    wayOut: 'raise next.max, or let it go on at the bound with onLimit: \'continue\'',
  }
}

function failed(turn: Turn, attempt: AttemptRecord, failure: Failure): void {
  endAttempt(turn, attempt, { status: 'failed', failure, counts: true })
  goOnAfterFailure(turn, attempt, failure)
}

function goOnAfterFailure(turn: Turn, attempt: Pass, failure: Failure): void {
  const { step, iteration } = attempt
  if (!turn.state.isPresent(attempt)) {
    turn.emit({ type: 'step_superseded', step, iteration })
    advance(turn, [step])
  } else if (turn.state.record.closing !== null) {
    tellFailure(turn, turn.state.pass(attempt), 'run', failure)
    turn.emit({ type: 'step_failed', step, iteration, failure })
  } else {
    fail(turn, turn.state.pass(attempt), failure)
  }
}

/** The process went away under the attempt. */
function cutOff(turn: Turn, attempt: AttemptRecord, { failure, own }: ResultOf<'cut_off'>): void {
  if (isInsideUnsafeEffect(turn.state, attempt)) return putInDoubt(turn, attempt, failure)
  if (!own) return interrupt(turn, attempt, failure)
  if (attempt.phase === 'compensate') compensationEnded(turn, attempt, { type: 'failed', failure })
  else if (attempt.phase === 'check') checkFailed(turn, attempt, failure)
  else failed(turn, attempt, failure)
}

/** Cut off through no fault of its own: it runs again at once and the try does not count. */
export function interrupt(turn: Turn, attempt: AttemptRecord, failure: Failure): void {
  endAttempt(turn, attempt, { status: 'interrupted', failure, counts: false })
  if (attempt.phase === 'compensate') return
  if (attempt.phase === 'check') return continueChecking(turn)
  const { step, iteration } = attempt
  if (!turn.state.isPresent(attempt)) turn.emit({ type: 'step_superseded', step, iteration })
  else if (turn.state.record.closing === null) turn.emit({ type: 'step_ready', step, iteration })
  else turn.emit({ type: 'step_cancelled', step, iteration })
  advance(turn, [step])
}

/** The attempt's time is up, or it was silent for too long. */
export function timedOut(turn: Turn, attempt: AttemptRecord, failure: Failure): void {
  if (isInsideUnsafeEffect(turn.state, attempt)) putInDoubt(turn, attempt, failure)
  else if (attempt.phase === 'compensate') compensationEnded(turn, attempt, { type: 'failed', failure })
  else if (attempt.phase === 'check') checkFailed(turn, attempt, failure)
  else failed(turn, attempt, failure)
  continueClosing(turn)
}

function compensationEnded(turn: Turn, attempt: AttemptRecord, result: Answered): void {
  const { step, iteration } = attempt
  if (result.type === 'failed') {
    endAttempt(turn, attempt, { status: 'failed', failure: result.failure, counts: true })
    compensationFailed(turn, turn.state.pass(attempt), result.failure)
  } else {
    endAttempt(turn, attempt, { status: 'completed', failure: null, counts: true })
    turn.emit({ type: 'compensation_settled', step, iteration, as: 'done' })
  }
}

function valueRefused(step: StepId, { name, message, path }: ValueRefused): Failure {
  return { class: 'validation', name, message: `what ${step} answered cannot be kept: ${message}`, path, wayOut: 'let the step answer less, or plain JSON' }
}

function wrongAnswer({ step }: { readonly step: string }, what: string): Failure {
  return { class: 'permanent', name: 'WrongAnswer', message: `step ${step} ${what}`, wayOut: 'mend the definition and start a new run' }
}
