/** What a step did outside before, or may have done: told beside what it would do there again. */
import { z } from 'zod'
import { idempotencyKey } from './idempotency-key.ts'
import { Instant, type StepId } from './ids.ts'
import type { RunRecord } from './run.ts'
import type { StepRecord } from './step.ts'
import { timeTaken } from './time-taken.ts'

export const Before = z.object({
  /** What its receiver saw. It names the run that did it. */
  key: z.string(),
  /** When it was done; where that is in doubt, when it began. */
  at: Instant,
  /** It was cut off, and nobody has said whether it happened. */
  inDoubt: z.boolean(),
})
export type Before = z.infer<typeof Before>

/**
 * Of each step the last pass that was done, other than by its fallback, and each that is in doubt. Without an attempt nothing was done;
 * nor was it in a disarmed run where nobody has armed it: it was taken over, or a person said what would have come of it.
 */
export function doneOrInDoubt(passes: Iterable<StepRecord>, { disarmed }: Pick<RunRecord, 'disarmed'>): StepRecord[] {
  const done = new Map<StepId, StepRecord>()
  const inDoubt: StepRecord[] = []
  for (const pass of passes) {
    const { step, status, via, armed } = pass
    if (status === 'in_doubt') inDoubt.push(pass)
    if (status !== 'completed' || via !== null || timeTaken(pass) === null || (disarmed && armed === null)) continue
    const last = done.get(step)
    if (last === undefined || isLater(pass, last)) done.set(step, pass)
  }
  return [...done.values(), ...inDoubt]
}

/** What they did, as it is told: what is known first, then in the order of time. */
export function toldBefore(passes: readonly StepRecord[], { id, createdAt }: Pick<RunRecord, 'id' | 'createdAt'>): Before[] {
  return passes
    .map((pass) => {
      const inDoubt = pass.status === 'in_doubt'
      const at = (inDoubt ? pass.startedAt : pass.endedAt) ?? createdAt
      return { key: idempotencyKey(id, pass, 'run'), at, inDoubt }
    })
    .toSorted((a, b) => Number(a.inDoubt) - Number(b.inDoubt) || a.at - b.at || (a.key < b.key ? -1 : 1))
}

/** Of two at one time, the one that began later. */
function isLater(one: StepRecord, other: StepRecord): boolean {
  return ((one.endedAt ?? 0) - (other.endedAt ?? 0) || one.generation - other.generation || one.iteration - other.iteration) > 0
}
