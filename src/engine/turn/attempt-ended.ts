import type { Failure } from '../../model/failure.ts'
import type { Address } from '../../model/ids.ts'
import type { AttemptRecord, StepRecord } from '../../model/step.ts'
import { letStepWait } from '../kinds/registry.ts'
import { loopBudget } from '../planner/loop.ts'
import type { TaskResult } from '../ports.ts'
import { advance, complete, skip } from './advance.ts'
import { close, compensationFailed, continueClosing } from './close.ts'
import { putInDoubt } from './doubt.ts'
import { endAttempt, isInsideUnsafeEffect } from './end-attempt.ts'
import { fail } from './fail.ts'
import type { Turn } from './turn.ts'

type ResultOf<T extends TaskResult['type']> = Extract<TaskResult, { type: T }>

/** An executor has answered for an attempt that is still live. */
export function attemptEnded(turn: Turn, attempt: AttemptRecord, result: TaskResult): void {
  if (result.type === 'cut_off') cutOff(turn, attempt, result)
  else if (attempt.phase === 'compensate') compensationEnded(turn, attempt, result)
  else if (result.type === 'failed') failed(turn, attempt, result.failure)
  else succeeded(turn, attempt, result)
  continueClosing(turn)
}

function succeeded(turn: Turn, attempt: AttemptRecord, result: ResultOf<'completed' | 'skipped' | 'asked' | 'waits'>): void {
  const record = turn.state.pass(attempt)
  const manifest = turn.state.manifest(attempt.step)
  endAttempt(turn, attempt, { status: 'completed', failure: null, counts: true })
  if (result.type === 'completed') {
    const output = turn.keep(result.output, manifest.sensitive)
    const refused = refusedLoop(turn, attempt, result)
    if (refused === undefined) complete(turn, record, output, withinBudget(turn, attempt, result))
    else completeAndFail(turn, record, output, refused)
  } else if (result.type === 'skipped') {
    skip(turn, record, 'condition')
  } else if (!letStepWait(turn, manifest, record, result)) {
    fail(turn, record, wrongAnswer(attempt, `answered ${result.type}, which a ${manifest.kind} step cannot`))
  }
}

/** What the step did stands, its effect above all; it is the run that cannot go where the step sends it. */
function completeAndFail(turn: Turn, record: StepRecord, output: Address, failure: Failure): void {
  const { step, iteration } = record
  turn.emit({ type: 'step_completed', step, iteration, output, via: null })
  turn.marksError(record)
  close(turn, { outcome: 'failed', failure })
}

/** A step's decision to go back is refused where its definition does not allow it. */
function refusedLoop(turn: Turn, { step }: AttemptRecord, { next }: ResultOf<'completed'>): Failure | undefined {
  if (next === null || turn.state.record.closing !== null) return undefined
  const { loop } = turn.state.manifest(step)
  if (loop === null || !loop.to.includes(next)) {
    return wrongAnswer({ step }, `wants to go back to ${next}, which its definition does not list`)
  }
  if (loop.onLimit === 'continue' || loopBudget(turn.state, step).left > 0) return undefined
  return {
    class: 'loop_limit',
    name: 'LoopLimit',
    message: `step ${step} has sent the run back ${loop.max} times, which is its bound`,
    wayOut: 'raise next.max, or let it go on at the bound with onLimit: \'continue\'',
  }
}

/** At its bound, or once the run is being closed, the step's decision to go back has no effect. */
function withinBudget(turn: Turn, { step }: AttemptRecord, { next }: ResultOf<'completed'>): ResultOf<'completed'>['next'] {
  return turn.state.record.closing === null && loopBudget(turn.state, step).left > 0 ? next : null
}

function failed(turn: Turn, attempt: AttemptRecord, failure: Failure): void {
  endAttempt(turn, attempt, { status: 'failed', failure, counts: true })
  const record = turn.state.pass(attempt)
  if (isPast(turn, attempt)) {
    turn.emit({ type: 'step_superseded', step: attempt.step, iteration: attempt.iteration })
    advance(turn, [attempt.step])
  } else if (turn.state.record.closing !== null) {
    turn.emit({ type: 'step_failed', step: attempt.step, iteration: attempt.iteration, failure })
  } else {
    fail(turn, record, failure)
  }
}

/** The process went away under the attempt. */
function cutOff(turn: Turn, attempt: AttemptRecord, { failure, own }: ResultOf<'cut_off'>): void {
  if (isInsideUnsafeEffect(turn.state, attempt)) return putInDoubt(turn, attempt, failure)
  if (!own) return interrupt(turn, attempt, failure)
  if (attempt.phase === 'compensate') return compensationEnded(turn, attempt, { type: 'failed', failure })
  failed(turn, attempt, failure)
}

/** Cut off through no fault of its own: it runs again at once and the try does not count. */
export function interrupt(turn: Turn, attempt: AttemptRecord, failure: Failure): void {
  endAttempt(turn, attempt, { status: 'interrupted', failure, counts: false })
  if (attempt.phase === 'compensate') return
  const { step, iteration } = attempt
  if (isPast(turn, attempt)) turn.emit({ type: 'step_superseded', step, iteration })
  else if (turn.state.record.closing === null) turn.emit({ type: 'step_ready', step, iteration })
  else turn.emit({ type: 'step_cancelled', step, iteration })
  advance(turn, [step])
}

/** The attempt's time is up. */
export function timedOut(turn: Turn, attempt: AttemptRecord): void {
  const failure: Failure = {
    class: 'timeout',
    name: 'StepTimeout',
    message: `attempt ${attempt.attempt} of ${attempt.step} took longer than its ${attempt.timeout ?? 0} ms`,
    wayOut: 'raise the step\'s timeout, or let it do less in one attempt',
  }
  if (isInsideUnsafeEffect(turn.state, attempt)) putInDoubt(turn, attempt, failure)
  else if (attempt.phase === 'compensate') compensationEnded(turn, attempt, { type: 'failed', failure })
  else failed(turn, attempt, failure)
  continueClosing(turn)
}

function compensationEnded(turn: Turn, attempt: AttemptRecord, result: Exclude<TaskResult, { type: 'cut_off' }>): void {
  const { step, iteration } = attempt
  if (result.type === 'failed') {
    endAttempt(turn, attempt, { status: 'failed', failure: result.failure, counts: true })
    compensationFailed(turn, turn.state.pass(attempt), result.failure)
  } else {
    endAttempt(turn, attempt, { status: 'completed', failure: null, counts: true })
    turn.emit({ type: 'compensation_settled', step, iteration, as: 'done' })
  }
}

/** A loop has gone back over this pass while it was inside its effect. */
function isPast(turn: Turn, attempt: AttemptRecord): boolean {
  return turn.state.step(attempt.step).iteration !== attempt.iteration
}

function wrongAnswer({ step }: { readonly step: string }, what: string): Failure {
  return { class: 'permanent', name: 'WrongAnswer', message: `step ${step} ${what}`, wayOut: 'mend the definition and start a new run' }
}
