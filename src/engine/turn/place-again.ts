import { isDeadLetter } from '../planner/status.ts'
import type { Turn } from './turn.ts'

/** A run that went on before, and goes on again, is queued where as many go on as may, whatever else is: unless it holds what others may wait for, and its place with that. */
export function takePlaceAgain(turn: Turn): void {
  const { admitted, holds } = turn.state.record
  if (admitted && holds === null && !turn.claims.admits(turn)) turn.emit({ type: 'run_queued' })
}

/** The same of a run that stands in the dead-letter queue: it has given its place away. */
export function takePlaceBack(turn: Turn): void {
  if (isDeadLetter(turn.state)) takePlaceAgain(turn)
}
