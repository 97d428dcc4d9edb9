import type { RunEventMap } from '../../model/event.ts'
import type { Outcome } from './breaker.ts'

/**
 * What the end of an attempt says of what it reached. No answer, or none in time, is a failure of that; a refusal is an answer, also
 * one that asks to be left alone. What was stopped, or ended with its own process, says nothing.
 */
export function outcomeOf({ status, failure }: Pick<RunEventMap['attempt_ended'], 'status' | 'failure'>): Outcome {
  if (status === 'completed') return 'answered'
  if (failure === null || (status !== 'failed' && status !== 'in_doubt')) return 'gone'
  if (failure.class === 'transient' || failure.class === 'timeout') return 'failed'
  return failure.class === 'crash' || failure.exceeded !== undefined ? 'gone' : 'answered'
}
