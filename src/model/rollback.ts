/** What rolling a run back to a savepoint leads to, told before it is done (law 8). */
import { z } from 'zod'
import { Outside } from './ahead.ts'
import { ChildAhead } from './child-ahead.ts'
import { Instant, StepId } from './ids.ts'
import { Preview } from './preview.ts'
import { Savepoint } from './savepoint.ts'
import { Phase } from './step.ts'

const pass = { step: StepId, iteration: z.int().min(1) }

export const RollbackPreview = z.object({
  /** The run's version that this was seen on; a rollback that names it as `seen` conflicts with another person's action. */
  version: z.int().nonnegative(),
  savepoint: Savepoint,
  /** Passes that are compensated, in this order. One that is not certain is under way: it is if it completes. */
  compensates: z.array(z.object({ ...pass, certain: z.boolean() })),
  /** What compensations touch. */
  outside: z.array(Outside),
  /** Child runs that come to an end, or are undone, and the children of those. */
  children: z.array(ChildAhead).default([]),
  /** What is waited for first: attempts that are inside an effect and left to end, children that end, and effects that are in doubt. */
  waits: z.array(z.object({ ...pass, phase: Phase, since: Instant })),
  /** Steps whose effect has happened since, and nothing takes it back. */
  stands: z.array(StepId),
  /** What going back leads to, once all that is done. */
  back: Preview,
})
export type RollbackPreview = z.infer<typeof RollbackPreview>
