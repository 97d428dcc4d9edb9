import type { Instant, StepId } from './ids.ts'
import type { StepRecord } from './step.ts'

/** When each step was last done, other than by its fallback. */
export function lastDone(passes: Iterable<StepRecord>): Map<StepId, Instant> {
  const last = new Map<StepId, Instant>()
  for (const { step, status, via, endedAt } of passes) {
    if (status === 'completed' && via === null && endedAt !== null) last.set(step, Math.max(endedAt, last.get(step) ?? endedAt))
  }
  return last
}
