import type { Failure } from '../../model/failure.ts'
import type { AttemptStatus } from '../../model/status.ts'
import type { AttemptRecord } from '../../model/step.ts'
import type { RunState } from '../state/run-state.ts'
import type { Turn } from './turn.ts'

interface Ending {
  readonly status: Exclude<AttemptStatus, 'running'>
  readonly failure: Failure | null
  /** Whether the try counts against the retry policy. */
  readonly counts: boolean
}

/** The attempt is over. If its handler still runs, the scheduler stops it after the commit. */
export function endAttempt(turn: Turn, { step, iteration, attempt }: AttemptRecord, ending: Ending): void {
  turn.emit({ type: 'attempt_ended', step, iteration, attempt, ...ending })
}

/** True where the attempt may be ended without asking: nothing of it can have reached the outside world unknown. */
export function mayCutOff(turn: Turn, attempt: AttemptRecord): boolean {
  return turn.hasStarted(attempt) || !isInsideUnsafeEffect(turn.state, attempt)
}

/**
 * True while cutting the attempt off would leave it unknown whether the outside world was touched (law 2).
 * Only a receiver that honours the idempotency key makes it safe.
 */
export function isInsideUnsafeEffect(state: RunState, attempt: AttemptRecord): boolean {
  return attempt.effect === 'begun' && state.manifest(attempt.step).effect?.repeat !== 'safe'
}
