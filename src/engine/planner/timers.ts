import type { DecisionId, Instant, Millis } from '../../model/ids.ts'
import type { Grace } from '../../model/run.ts'
import type { StepWait } from '../../model/status.ts'
import type { AttemptRecord, StepRecord } from '../../model/step.ts'
import type { RunState } from '../state/run-state.ts'
import { mayGoBack } from './compensation.ts'
import { heartbeatOf, runTimeoutOf } from './time-limits.ts'

/** A moment at which a run moves by itself. Timers are not stored: they are read off the state. */
export type Timer =
  | { readonly type: 'attempt_timeout'; readonly due: Instant; readonly attempt: AttemptRecord }
  | { readonly type: 'attempt_silence'; readonly due: Instant; readonly attempt: AttemptRecord }
  /** The attempt is still inside its effect, and its run is to end. */
  | { readonly type: 'grace_over'; readonly due: Instant; readonly attempt: AttemptRecord }
  | { readonly type: 'step_wait'; readonly due: Instant; readonly record: StepRecord }
  | { readonly type: 'deadline'; readonly due: Instant; readonly decision: DecisionId }
  | { readonly type: 'run_timeout'; readonly due: Instant }
  /** A run that is rolled back goes to its savepoint in a turn of its own: it begins a branch, and nothing else is of that. */
  | { readonly type: 'going_back'; readonly due: Instant }

/** Waits of a step that end at their time. */
const wakes: ReadonlySet<StepWait> = new Set<StepWait>(['backoff', 'timer', 'breaker', 'child'])

/** The timer that is due first. A paused run keeps only the timeouts of attempts that are still under way. */
export function nextTimer(state: RunState): Timer | undefined {
  const timers = timersOf(state)
  return timers.length > 1 ? timers.toSorted((a, b) => a.due - b.due)[0] : timers[0]
}

function timersOf(state: RunState): Timer[] {
  const timers: Timer[] = []
  for (const attempt of state.attempts()) {
    const grace = graceOf(state, attempt)
    if (grace !== null) timers.push({ type: 'grace_over', due: grace.until, attempt })
    const begun = state.begunAt(attempt)
    if (begun === undefined) continue
    if (attempt.timeout !== null) timers.push({ type: 'attempt_timeout', due: begun + attempt.timeout, attempt })
    const silence = longestSilence(state, attempt)
    if (silence !== null) timers.push({ type: 'attempt_silence', due: (state.heardAt(attempt) ?? begun) + silence, attempt })
  }
  const { paused, status } = state.record
  if (paused || status === 'quarantined') return timers
  for (const record of state.underWay()) {
    const { waiting } = record
    if (waiting !== null && waiting.until !== null && wakes.has(waiting.for)) {
      timers.push({ type: 'step_wait', due: waiting.until, record })
    }
  }
  for (const decision of state.decisions()) {
    if (decision.deadline !== null) timers.push({ type: 'deadline', due: decision.deadline, decision: decision.id })
  }
  if (mayGoBack(state)) timers.push({ type: 'going_back', due: state.record.updatedAt })
  const due = runTimeout(state)
  if (due !== undefined) timers.push({ type: 'run_timeout', due })
  return timers
}

/** How long the attempt may go without a heartbeat, or null where none is awaited of it. */
export function longestSilence(state: RunState, { step, phase }: Pick<AttemptRecord, 'step' | 'phase'>): Millis | null {
  return phase === 'run' ? heartbeatOf(state.manifest(step), state.rulesOf(step).detection.timeouts) : null
}

function graceOf({ record: { closing } }: RunState, attempt: AttemptRecord): Grace | null {
  const grace = closing === null || closing.outcome === 'rolled_back' ? undefined : closing.grace
  return grace !== undefined && wasUnderWay(attempt, grace.since) ? grace : null
}

/** Of a run that is being brought to its end: nothing but checks and compensations starts any more. */
export function wasUnderWay({ phase, startedAt }: AttemptRecord, since: Instant): boolean {
  return phase === 'run' || startedAt < since
}

function runTimeout(state: RunState): Instant | undefined {
  const { clock, closing } = state.record
  const timeout = runTimeoutOf(state)
  if (timeout === null || clock.since === null || closing !== null) return undefined
  return clock.since + Math.max(0, timeout - clock.spent)
}
