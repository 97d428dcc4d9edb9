/** What is read of a store: shapes made for lists and screens, not for the engine. */
import { z } from 'zod'
import { Checkpoint, StepFact } from './checkpoint.ts'
import { DecisionRecord } from './decision.ts'
import { Position } from './entry.ts'
import { ErrorRecord } from './error-record.ts'
import { Failure } from './failure.ts'
import { Address, CorrelationId, Instant, RevisionHash, RunId, StepId, WorkflowName } from './ids.ts'
import { Json } from './json.ts'
import { Manifest } from './manifest.ts'
import { Origin, Parent, RunRecord } from './run.ts'
import { RunStatus, RunWait } from './status.ts'
import { AttemptRecord, StepRecord } from './step.ts'

export const RunSummary = z.object({
  id: RunId,
  workflow: WorkflowName,
  workflowVersion: z.int(),
  revision: RevisionHash,
  correlation: CorrelationId,
  /** Set where the run is a replay. */
  origin: Origin.nullable(),
  /** Whether it is a replay, or a child of one: it does nothing outside that a person has not armed. */
  disarmed: z.boolean().default(false),
  /** Set where the run is a child. */
  parent: Parent.nullable().default(null),
  version: z.int(),
  status: RunStatus,
  waiting: RunWait.nullable(),
  failure: Failure.nullable(),
  createdAt: Instant,
  endedAt: Instant.nullable(),
  updatedAt: Instant,
  checkpoints: z.int(),
  /** Tries begun, over all steps and branches; null for a run of before they were counted. */
  attempts: z.int().nonnegative().nullable(),
  /** Steps that run, wait or failed: where the run stands. */
  at: z.array(StepId),
})
export type RunSummary = z.infer<typeof RunSummary>

/** A page of runs, newest first. `next` continues where it ends. */
export const RunFilter = z.object({
  workflow: WorkflowName.optional(),
  status: z.array(RunStatus).optional(),
  after: RunId.optional(),
  limit: z.int().min(1).max(1_000).default(50),
})
export type RunFilter = z.infer<typeof RunFilter>

/** What the file has for the ids of runs that are damaged: nothing else is told of them here. Verifying the store says more. */
export const DamagedRuns = z.array(z.string())
export type DamagedRuns = z.infer<typeof DamagedRuns>

/** `damaged` are those that would stand among these. */
export const RunPage = z.object({ runs: z.array(RunSummary), next: RunId.nullable(), damaged: DamagedRuns })
export type RunPage = z.infer<typeof RunPage>

/**
 * Checkpoints of a run, oldest first. `damaged` are the numbers of those that would stand among these: they, or what they recompute
 * over, are not what was written. Verifying the store says more.
 */
export const CheckpointList = z.object({ checkpoints: z.array(Checkpoint), damaged: z.array(z.int().nonnegative()) })
export type CheckpointList = z.infer<typeof CheckpointList>

/** The number of the last that a list tells of; undefined where it tells of none. */
export function lastOf({ checkpoints, damaged }: { readonly [K in keyof CheckpointList]: readonly CheckpointList[K][number][] }): number | undefined {
  const last = Math.max(checkpoints.at(-1)?.number ?? -1, damaged.at(-1) ?? -1)
  return last < 0 ? undefined : last
}

/** A run whole, as of one journal position. */
export const RunDetail = z.object({
  position: Position,
  record: RunRecord,
  manifest: Manifest,
  steps: z.array(StepRecord),
  attempts: z.array(AttemptRecord),
  decisions: z.array(DecisionRecord),
  errors: z.array(ErrorRecord),
})
export type RunDetail = z.infer<typeof RunDetail>

/** The state at a checkpoint: its values in full and what each step had come to. */
export const RunState = z.object({
  checkpoint: Checkpoint,
  input: Json,
  context: Json,
  outputs: z.record(StepId, z.array(z.object({ iteration: z.int(), output: Json, address: Address }))),
  steps: z.record(StepId, StepFact),
})
export type RunState = z.infer<typeof RunState>

/** A decision with the values that it shows. */
export const DecisionView = z.object({
  run: RunId,
  workflow: WorkflowName,
  /** Set where the run is a replay. */
  origin: Origin.nullable(),
  /** Whether the run is a replay, or a child of one. */
  disarmed: z.boolean().default(false),
  runVersion: z.int(),
  decision: DecisionRecord,
  shown: Json,
  /** The value that may be edited, as it is. */
  editable: Json,
})
export type DecisionView = z.infer<typeof DecisionView>

/** `damaged` are runs whose decisions would be among these: one of their rows, or a value that a decision shows, is damaged. */
export const DecisionList = z.object({ decisions: z.array(DecisionView), damaged: DamagedRuns })
export type DecisionList = z.infer<typeof DecisionList>
