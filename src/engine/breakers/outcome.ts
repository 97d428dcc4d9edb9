import type { RunEventMap } from '../../model/event.ts'
import type { Failure } from '../../model/failure.ts'
import type { Outcome } from './breaker.ts'

/**
 * What the end of an attempt says of what it reached. No answer, or none in time, is a failure of that; a refusal is an answer, also
 * one that asks to be left alone. What was stopped, or ended with its own process, says nothing.
 */
export function outcomeOf({ status, failure }: Pick<RunEventMap['attempt_ended'], 'status' | 'failure'>): Outcome {
  if (status === 'completed') return 'answered'
  if (failure === null || (status !== 'failed' && status !== 'in_doubt')) return 'gone'
  if (failure.class === 'transient' || failure.class === 'timeout') return 'failed'
  return failure.class === 'crash' || wasLackedHere(failure) ? 'gone' : 'answered'
}

/** Codes of a disk of this machine that is full. */
const fullDisk: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'SQLITE_FULL'])

/** Whether an attempt took too much of this machine, or its disk had no room: what it reached has not said so. */
export function wasLackedHere({ exceeded, code }: Failure): boolean {
  return exceeded !== undefined || (code !== undefined && fullDisk.has(code))
}
