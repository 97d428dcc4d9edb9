/**
 * Passes that wait since the breaker of what they reach is open.
 *
 * Invariants:
 * 1. What waits for a breaker has reached nothing, and no try of it counts.
 * 2. It wakes when the breaker lets the next one through, and at once where the breaker closes.
 */
import type { Dependency } from '../../model/breaker.ts'
import type { Failure } from '../../model/failure.ts'
import type { AttemptRecord, StepRecord } from '../../model/step.ts'
import { goesForward } from '../planner/status.ts'
import { advance } from './advance.ts'
import { endAttempt } from './end-attempt.ts'
import { holdsBack } from './holds-back.ts'
import type { Turn } from './turn.ts'

/** An executor found the breaker open of what the attempt was about to reach. */
export function heldBack(turn: Turn, attempt: AttemptRecord, dependency: Dependency): void {
  const { step, iteration } = attempt
  endAttempt(turn, attempt, { status: 'interrupted', failure: isOpen(dependency), counts: false })
  if (!turn.state.isPresent(attempt)) turn.emit({ type: 'step_superseded', step, iteration })
  else if (turn.state.record.closing !== null) turn.emit({ type: 'step_cancelled', step, iteration })
  else if (!holdsBack(turn, turn.state.pass(attempt), dependency)) turn.emit({ type: 'step_ready', step, iteration })
  advance(turn, [step])
}

/** The time of a pass has come that waits for a breaker. */
export function breakerDue(turn: Turn, record: StepRecord): void {
  const { step, iteration, waiting } = record
  if (waiting?.on !== undefined && holdsBack(turn, record, waiting.on)) return
  turn.emit({ type: 'step_ready', step, iteration })
  advance(turn, [step])
}

/** The breaker lets everybody through again. */
export function breakerClosed(turn: Turn, dependency: Dependency): void {
  if (turn.holds || !goesForward(turn.state.record)) return
  for (const record of [...turn.state.underWay()]) {
    if (record.waiting?.for === 'breaker' && record.waiting.on === dependency) breakerDue(turn, record)
  }
}

function isOpen(dependency: Dependency): Failure {
  return {
    class: 'transient',
    name: 'BreakerOpen',
    message: `${dependency} failed too often lately: it is not reached before its breaker lets it`,
    wayOut: 'wait, or close the breaker once it is mended',
  }
}
