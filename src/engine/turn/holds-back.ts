import type { Dependency } from '../../model/breaker.ts'
import type { StepRecord } from '../../model/step.ts'
import type { Turn } from './turn.ts'

/** Lets a pass wait where the breaker of what it reaches is open; false where it may go. */
export function holdsBack(turn: Turn, record: StepRecord, dependency: Dependency): boolean {
  const until = turn.heldUntil(record, dependency)
  if (until === null) return false
  const { step, iteration, failure } = record
  turn.emit({ type: 'step_waiting', step, iteration, for: 'breaker', until, on: dependency, failure })
  return true
}
