/**
 * What an action of a person leads to, told before it is taken (law 8). Every step stands in one of three places: it is
 * kept, it runs, or it may run, depending on what is not known yet.
 */
import { z } from 'zod'
import { Outside, RunsNext } from './ahead.ts'
import { ChildAhead } from './child-ahead.ts'
import { Failure } from './failure.ts'
import { StepId } from './ids.ts'
import { ApprovalAction } from './manifest.ts'
import { RunStatus } from './status.ts'

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
  /** Child runs that begin, go on or come to an end, and the children of those. */
  children: z.array(ChildAhead).default([]),
  /** Completed steps that are undone, in this order. */
  compensates: z.array(StepId),
  /**
   * Why the action, or what is given with it, would be refused. Where the action itself could be taken, the rest tells
   * what it would lead to without the edit.
   */
  refused: z.array(Failure),
})
export type Consequence = z.infer<typeof Consequence>
