import { z } from 'zod'
import { Actor } from './actor.ts'
import { Instant } from './ids.ts'
import { RemovedCheckpoints } from './retention.ts'
import { Pinned } from './run.ts'
import { RunStatus, RunWait } from './status.ts'

/** What a person calls a branch. */
export const BranchName = z.string().trim().min(1).max(60)
export type BranchName = z.infer<typeof BranchName>

/** Where a run stands on a branch, or stood when it left it. */
export const BranchStanding = z.object({
  status: RunStatus,
  waiting: RunWait.nullable(),
  /** Its newest checkpoint. */
  head: z.int().nonnegative(),
})
export type BranchStanding = z.infer<typeof BranchStanding>

/** A line of checkpoints of a run; `parent` and `from` say which branch and checkpoint it starts from. */
export const Branch = BranchStanding.extend({
  ...Pinned.shape,
  number: z.int().nonnegative(),
  parent: z.int().nonnegative().nullable(),
  from: z.int().nonnegative().nullable(),
  by: Actor,
  why: z.string().nullable(),
  at: Instant,
  name: BranchName.nullable(),
  /** Checkpoints of it that retention removed. */
  removed: z.array(RemovedCheckpoints).default([]),
  /** Whether the run is on it. */
  isPresent: z.boolean(),
})
export type Branch = z.infer<typeof Branch>

/** What a branch is called: its name, `main`, or its number. */
export function branchName({ number, name }: Pick<Branch, 'number'> & Partial<Pick<Branch, 'name'>>): string {
  return name ?? (number === 0 ? 'main' : `branch ${number}`)
}
