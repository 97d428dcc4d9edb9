/**
 * A throttle: how many attempts of a workflow that reach one dependency may be under way at once, since that has answered that it
 * was too much. Each such answer halves it, and each stretch of other answers lets one more go on; where as many may as did before,
 * it is lifted.
 */
import { z } from 'zod'
import { Dependency } from './breaker.ts'
import { Instant, RunId, StepId, WorkflowName } from './ids.ts'

export const ThrottleName = z.object({ workflow: WorkflowName, dependency: Dependency })
export type ThrottleName = z.infer<typeof ThrottleName>

/** As the store has it. A dependency that is not throttled is not there. */
export const Throttle = ThrottleName.extend({
  /** Those that are known to reach the dependency, beside those that name it. */
  steps: z.array(StepId),
  /** How many may be under way at once. */
  limit: z.int().min(1),
  /** How many were when it was lowered first: where as many may again, it is lifted. */
  from: z.int().min(1),
  loweredAt: Instant,
  /** Who was refused last. */
  last: z.object({ run: RunId, step: StepId }),
})
export type Throttle = z.infer<typeof Throttle>

/** A throttle as it is shown. */
export const ThrottleView = Throttle.extend({
  /** How many are under way, and how many wait for their turn. */
  underWay: z.int().nonnegative(),
  waiting: z.int().nonnegative(),
  /** Answers since it was lowered or raised last, and how many of them let one more go on. */
  answered: z.int().nonnegative(),
  stretch: z.int().min(1),
})
export type ThrottleView = z.infer<typeof ThrottleView>

/** Names one throttle among all. */
export const throttleKey = ({ workflow, dependency }: ThrottleName): string => `${workflow}/${dependency}`
