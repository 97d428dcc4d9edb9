import { z } from 'zod'
import { Failure } from './failure.ts'
import { Instant, RevisionHash, RunId, WorkflowName } from './ids.ts'

const Count = z.int().nonnegative()
const Quantile = z.number().nonnegative().nullable()

/** A revision as the store has it. */
export const StoredRevision = z.object({
  hash: RevisionHash,
  version: z.int().min(1),
  /** Path of the module below the workspace when it was stored. */
  file: z.string(),
  /** When it was stored first. */
  storedAt: Instant,
  /** How many runs pin it. */
  runs: Count,
})
export type StoredRevision = z.infer<typeof StoredRevision>

/** How the runs of a workflow have fared since some moment. */
export const WorkflowHealth = z.object({
  workflow: WorkflowName,
  /** Runs that were started. */
  runs: Count,
  completed: Count,
  failed: Count,
  cancelled: Count,
  /** Milliseconds from start to completion of the runs that completed; null where none did. */
  p50: Quantile,
  p95: Quantile,
  /** When the newest run was started, however long ago. */
  lastRunAt: Instant.nullable(),
  /** Of the newest run that stands at failed, however long ago. */
  lastFailure: z.object({ run: RunId, at: Instant, failure: Failure.nullable() }).nullable(),
})
export type WorkflowHealth = z.infer<typeof WorkflowHealth>
