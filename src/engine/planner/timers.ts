import type { DecisionId, Instant } from '../../model/ids.ts'
import type { AttemptRecord, StepRecord } from '../../model/step.ts'
import type { RunState } from '../state/run-state.ts'

/** A moment at which a run moves by itself. Timers are not stored: they are read off the state. */
export type Timer =
  | { readonly type: 'attempt_timeout'; readonly due: Instant; readonly attempt: AttemptRecord }
  | { readonly type: 'step_wait'; readonly due: Instant; readonly record: StepRecord }
  | { readonly type: 'deadline'; readonly due: Instant; readonly decision: DecisionId }
  | { readonly type: 'run_timeout'; readonly due: Instant }

/** The timer that is due first. A paused run keeps only the timeouts of attempts that are still under way. */
export function nextTimer(state: RunState): Timer | undefined {
  let first: Timer | undefined
  for (const timer of timers(state)) if (first === undefined || timer.due < first.due) first = timer
  return first
}

function* timers(state: RunState): Generator<Timer> {
  for (const attempt of state.attempts()) {
    const begun = state.begunAt(attempt)
    if (attempt.timeout !== null && begun !== undefined) yield { type: 'attempt_timeout', due: begun + attempt.timeout, attempt }
  }
  const { paused, status } = state.record
  if (paused || status === 'quarantined') return
  for (const record of state.underWay()) {
    const { waiting } = record
    if (waiting !== null && waiting.until !== null && (waiting.for === 'backoff' || waiting.for === 'timer')) {
      yield { type: 'step_wait', due: waiting.until, record }
    }
  }
  for (const decision of state.decisions()) {
    if (decision.deadline !== null) yield { type: 'deadline', due: decision.deadline, decision: decision.id }
  }
  const due = runTimeout(state)
  if (due !== undefined) yield { type: 'run_timeout', due }
}

function runTimeout(state: RunState): Instant | undefined {
  const { clock, closing } = state.record
  const { timeout } = state.graph.manifest
  if (timeout === null || clock.since === null || closing !== null) return undefined
  return clock.since + Math.max(0, timeout - clock.spent)
}
