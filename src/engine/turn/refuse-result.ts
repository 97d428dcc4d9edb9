import type { AttemptResult } from '../kinds/kind.ts'
import type { AttemptRef } from '../ports.ts'
import type { Turn } from './turn.ts'

/** An answer of a branch that the run has left: it is kept in the journal that there was one, and changes nothing. */
export function refuseResult(turn: Turn, { branch, step, iteration, attempt }: AttemptRef, { type }: AttemptResult): void {
  turn.emit({ type: 'result_refused', branch, step, iteration, attempt, result: type })
}
