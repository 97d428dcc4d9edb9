/**
 * What going back to a checkpoint leads to, told before it is done (law 8). Every step stands in one of three places: it
 * is reused, it runs, or it may run.
 */
import { z } from 'zod'
import { Outside, RunsNext } from './ahead.ts'
import { ChildAhead, reachesOut } from './child-ahead.ts'
import { DecisionKind } from './decision.ts'
import { DecisionId, Instant, RevisionHash, RunId, StepId } from './ids.ts'
import { RunStatus } from './status.ts'
import { Phase } from './step.ts'

const pass = { step: StepId, iteration: z.int().min(1) }

/** What a run that is sent back goes on with: the code that the checkpoint's branch pins, or that of new runs. */
export const DefinitionChoice = z.enum(['pinned', 'present'])
export type DefinitionChoice = z.infer<typeof DefinitionChoice>

/** The code that a run goes on with. */
export const PinnedAhead = z.object({ hash: RevisionHash, version: z.int().min(1) })

/** How the state of a checkpoint is led to another revision of its workflow. */
export const Migration = z.object({
  /** The version that the checkpoint's branch pins, and those that a migration leads away from, in order. */
  from: z.int().min(1),
  versions: z.array(z.int().min(1)),
  /** Steps that the other revision does not have, and those that are new in it. One that became another step is in both. */
  dropped: z.array(StepId),
  added: z.array(StepId),
  /** Steps whose compensation was owed, and is not any more: what they did is not taken back, whatever comes. */
  notTakenBack: z.array(StepId),
  /** Keys of the state whose values are others afterwards. */
  changed: z.array(z.string()),
})
export type Migration = z.infer<typeof Migration>

export const Preview = z.object({
  /** The run's version that this was seen on; a restore that names it as `seen` conflicts with another person's action. */
  version: z.int().nonnegative(),
  checkpoint: z.int().nonnegative(),
  /** The branch of the checkpoint, the one that the run leaves, and the one that it goes on on. */
  parent: z.int().nonnegative(),
  leaves: z.int().nonnegative(),
  branch: z.int().positive(),
  /** What the run goes on with. A restore that names it conflicts where that has changed since. */
  revision: PinnedAhead,
  /** Null where that is what the checkpoint's branch pins. */
  migration: Migration.nullable(),
  /** What the run is right after: `paused` where it is so now, an ended status where nothing is left to do. */
  becomes: RunStatus,
  /** Completed by then, and not run again. */
  reused: z.array(StepId),
  /** In an order in which each stands after what it needs. */
  runs: z.array(RunsNext),
  /** Here `before` is of the branch that is left, too. */
  outside: z.array(Outside),
  /**
   * Child runs that come to an end, since nobody waits for them any more, and those that begin; and the children of these. Also
   * those of steps that are reused which nothing can undo any more.
   */
  children: z.array(ChildAhead).default([]),
  /** Completed by then, but compensated since: they run again. */
  undone: z.array(StepId),
  /** Attempts that are stopped. */
  stops: z.array(z.object({ ...pass, attempt: z.int().min(1), phase: Phase, since: Instant })),
  /** Child runs that are under way: they are cancelled, with what they did undone. */
  cancels: z.array(z.object({ ...pass, child: RunId })).default([]),
  /** Effects begun and unanswered: whether they happened is not known, and is not asked any more. */
  inDoubt: z.array(z.object({ ...pass, since: Instant })),
  withdraws: z.object({
    decisions: z.array(z.object({ ...pass, id: DecisionId, kind: DecisionKind })),
    timers: z.array(z.object({ ...pass, until: Instant })),
  }),
})
export type Preview = z.infer<typeof Preview>

/** Whether whoever goes back is to be asked a second time: otherwise it can be taken back. */
export function reachesOutside({ outside, inDoubt, children }: Preview): boolean {
  return outside.length > 0 || inDoubt.length > 0 || children.some(reachesOut)
}
