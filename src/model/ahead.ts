/** What lies ahead of a run, as whoever is about to act on it is told (law 8). */
import { z } from 'zod'
import { Before } from './before.ts'
import { Millis, StepId } from './ids.ts'
import { Effect, StepKind } from './manifest.ts'
import { Phase } from './step.ts'

/** A step that runs from here on, or may. */
export const RunsNext = z.object({
  step: StepId,
  kind: StepKind,
  /** True where it runs unless something fails; false where that hangs on data, on a person or on a failure. */
  certain: z.boolean(),
  /** What it hangs on, or that it is under way already, in words. */
  why: z.string().optional(),
  /** How long the step took so far in this run (the median), or null where it has not completed yet. */
  typical: Millis.nullable(),
})
export type RunsNext = z.infer<typeof RunsNext>

/** A step that touches the outside world from here on, or may. */
export const Outside = z.object({
  step: StepId,
  kind: StepKind,
  phase: Phase,
  repeat: Effect.shape.repeat,
  /** The idempotency key that the receiver will see. */
  key: z.string(),
  /** Whom it reaches, where that is known before. */
  summary: z.string().nullable(),
  certain: z.boolean(),
  /** What the step did, or may have done, on branches that the run has left, and in the run that it replays. */
  before: z.array(Before),
})
export type Outside = z.infer<typeof Outside>
