import type { Millis } from './ids.ts'
import type { StepRecord } from './step.ts'

/** How long a pass took that has ended; null where it was not tried: then what began after its end was its compensation. */
export function timeTaken({ startedAt, endedAt }: Pick<StepRecord, 'startedAt' | 'endedAt'>): Millis | null {
  return startedAt !== null && endedAt !== null && startedAt <= endedAt ? endedAt - startedAt : null
}
