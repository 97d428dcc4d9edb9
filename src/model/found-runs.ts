/** What a search over all runs asks and answers. */
import { z } from 'zod'
import { Position } from './entry.ts'
import { RunId } from './ids.ts'
import type { Asked } from './query/terms.ts'
import { RunStatus } from './status.ts'
import { DamagedRuns, RunSummary } from './views.ts'

/** Which runs: those that every term finds, up to and with `upTo` where that is a run. */
export interface RunQuery extends Asked {
  readonly upTo: RunId | null
}

/**
 * Runs that have not ended come last in the order of ends and of durations, whichever way it goes: what they will take
 * changes with every moment. Equal ones come in the order in which they started, or against it where that descends.
 */
export const RunSort = z.strictObject({
  by: z.enum(['started', 'ended', 'duration', 'workflow', 'status']),
  descending: z.boolean(),
})
export type RunSort = z.infer<typeof RunSort>

/** A page of what is found: in order of `sort`, else newest first. */
export interface RunSearch extends RunQuery {
  readonly offset: number
  readonly limit: number
  readonly sort: RunSort | null
}

export const FoundRuns = z.object({
  /** The journal's position that this is as of. It is behind the journal's end only while the index is being made. */
  position: Position,
  /** How many there are in all, those before and behind the page included. */
  total: z.int().nonnegative(),
  runs: z.array(RunSummary),
  /** The newest run there is, found or not: `upTo` it, offsets stay put while others come. */
  newest: RunId.nullable(),
  /** Of which it cannot be told whether they are found. */
  damaged: DamagedRuns,
})
export type FoundRuns = z.infer<typeof FoundRuns>

export const RunCounts = z.object({ byStatus: z.record(RunStatus, z.int().nonnegative()) })
export type RunCounts = z.infer<typeof RunCounts>

/** A run that is found, and the version at which it was. */
export interface FoundRun {
  readonly run: RunId
  readonly version: number
}
