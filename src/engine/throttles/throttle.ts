/**
 * One throttle as a pure reducer: half as many as were under way where somebody is refused, one more after each stretch of answers.
 *
 * Invariants:
 * 1. It is never under what policy leaves, and it is lifted where as many may go on as did when it was lowered first.
 * 2. Only what began since it was lowered last says anything new: one burst of refusals lowers it once.
 */
import type { Instant, RunId, StepId } from '../../model/ids.ts'
import type { ThrottleRules } from '../../model/policy/throttle-rules.ts'
import type { Throttle, ThrottleName } from '../../model/throttle.ts'

/** Who was refused: when its attempt began, and how many were under way then, itself too. */
export interface RefusedOne {
  readonly run: RunId
  readonly step: StepId
  readonly began: Instant
  readonly underWay: number
}

/** How it stands, with how many were answered since it was lowered or raised last. */
export interface Throttling {
  readonly throttle: Throttle
  readonly answered: number
}

/** What a refusal makes of it; undefined where one alone was refused, so that fewer would be none. */
export function refused(before: Throttling | undefined, name: ThrottleName, one: RefusedOne, now: Instant, { least }: ThrottleRules): Throttling | undefined {
  const { run, step, began, underWay } = one
  const last = { run, step }
  if (before !== undefined && began <= before.throttle.loweredAt) return before
  const most = Math.min(underWay, before?.throttle.limit ?? underWay)
  const limit = Math.max(1, least, Math.floor(most / 2))
  if (before === undefined) return limit >= underWay ? undefined : { throttle: { ...name, steps: [step], limit, from: underWay, loweredAt: now, last }, answered: 0 }
  const { throttle } = before
  return { throttle: { ...throttle, steps: withStep(throttle.steps, step), limit: Math.min(limit, throttle.limit), loweredAt: now, last }, answered: 0 }
}

/** What an answer makes of it; undefined where it is lifted by that. */
export function answered(before: Throttling, began: Instant, { stretch }: ThrottleRules): Throttling | undefined {
  const { throttle } = before
  if (began <= throttle.loweredAt) return before
  if (before.answered + 1 < stretch) return { ...before, answered: before.answered + 1 }
  const limit = throttle.limit + 1
  return limit >= throttle.from ? undefined : { throttle: { ...throttle, limit }, answered: 0 }
}

/** Another step was seen to reach the dependency. */
export function joined({ throttle, answered: count }: Throttling, step: StepId): Throttling {
  return { throttle: { ...throttle, steps: withStep(throttle.steps, step) }, answered: count }
}

function withStep(steps: readonly StepId[], step: StepId): StepId[] {
  return steps.includes(step) ? [...steps] : [...steps, step]
}
