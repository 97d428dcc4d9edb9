/**
 * What an action of a person leads to, told before it is taken (law 8). Every step stands in one of three places: it is
 * kept, it runs, or it may run, depending on what is not known yet.
 */
import { z } from 'zod'
import { Failure } from './failure.ts'
import { Millis, StepId } from './ids.ts'
import { ApprovalAction, Effect, StepKind } from './manifest.ts'
import { RunStatus } from './status.ts'
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
})
export type Outside = z.infer<typeof Outside>

export const Consequence = z.object({
  action: ApprovalAction.shape.name,
  role: ApprovalAction.shape.role,
  /** `rolls_back`: what completed since a savepoint is undone, and the run goes on from there. `refused`: it cannot be taken as things stand, with or without the edit. */
  outcome: z.enum(['goes_on', 'loops_back', 'rolls_back', 'goes_back', 'ends', 'refused']),
  /** How the run ends, where it does. */
  ends: RunStatus.nullable(),
  /** Where a loop goes back to, and the iteration that begins there; or the step before which the savepoint is. */
  to: StepId.nullable(),
  iteration: z.int().min(1).nullable(),
  /** The checkpoint that the run is sent back to, where it is. */
  checkpoint: z.int().nonnegative().nullable().default(null),
  /** Completed, and not run again. */
  kept: z.array(StepId),
  /** In an order in which each stands after what it needs. */
  runs: z.array(RunsNext),
  outside: z.array(Outside),
  /** Completed steps that are undone, in this order. */
  compensates: z.array(StepId),
  /**
   * Why the action, or what is given with it, would be refused. Where the action itself could be taken, the rest tells
   * what it would lead to without the edit.
   */
  refused: z.array(Failure),
})
export type Consequence = z.infer<typeof Consequence>
