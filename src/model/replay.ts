/**
 * A replay: a new run that begins at a checkpoint of another, with what had completed there taken over, edited where a
 * person wants it otherwise, and disarmed. What it leads to is told before it is begun (law 8).
 */
import { z } from 'zod'
import { Outside, RunsNext } from './ahead.ts'
import { ChildAhead } from './child-ahead.ts'
import { StepId } from './ids.ts'
import { Json } from './json.ts'
import { Migration, PinnedAhead } from './preview.ts'
import { RunStatus } from './status.ts'

/**
 * What is written anew before a replay begins. What goes by it runs again; with another input that is everything, but for a pass whose
 * output is written here: it stands as it is given.
 */
export const ReplayEdits = z.strictObject({
  input: Json.optional(),
  outputs: z
    .array(
      z.strictObject({
        step: StepId,
        /** The pass whose output it is; the newest one where it is left out. */
        iteration: z.int().min(1).optional(),
        value: Json,
      }),
    )
    .optional(),
})
export type ReplayEdits = z.infer<typeof ReplayEdits>

/** A value as the replay will have it: as the definition's schema makes it of what was given. */
export const Edited = z.object({ key: z.string(), before: Json, after: Json })
export type Edited = z.infer<typeof Edited>

export const ReplayPreview = z.object({
  /** The version of the run to be replayed that this was seen on. */
  version: z.int().nonnegative(),
  checkpoint: z.int().nonnegative(),
  /** What the new run pins. A replay that names it conflicts where that has changed since. */
  revision: PinnedAhead,
  /** Null where that is what the checkpoint's branch pins. A replay owes nothing of what it takes over: `notTakenBack` is empty. */
  migration: Migration.nullable(),
  /** The values that `migration` names as changed, before and after: an edit takes the place of what they are after it. */
  migrated: z.array(Edited),
  /** What the new run is right after: `waiting` where it begins with what has to be armed, `completed` where nothing is left. */
  becomes: RunStatus,
  /** Completed by then, and not run again. */
  reused: z.array(StepId),
  /** In an order in which each stands after what it needs. */
  runs: z.array(RunsNext),
  /**
   * Steps that touch the outside world once they are armed. Under which key is known when the run has its id.
   */
  outside: z.array(Outside.omit({ key: true })),
  /** Child runs that begin, disarmed as it is, and the children of those. */
  children: z.array(ChildAhead).default([]),
  /** Completed by then, but compensated since in the run replayed: they run again. */
  undone: z.array(StepId),
  /** Completed by then, but what they go by is edited: they run again. */
  renewed: z.array(StepId),
  edits: z.array(Edited),
})
export type ReplayPreview = z.infer<typeof ReplayPreview>
