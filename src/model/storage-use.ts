/** Where the bytes of a workspace are. */
import { z } from 'zod'
import { Position } from './entry.ts'
import { RunId, StepId, WorkflowName } from './ids.ts'

const Bytes = z.int().nonnegative()

/** What of a run takes room: its values, its checkpoints, its control rows, its entries of the journal, and what was logged. */
export const StoragePart = z.enum(['values', 'checkpoints', 'rows', 'journal', 'logs'])
export type StoragePart = z.infer<typeof StoragePart>

/** What a value is: one that a run began with, an output of a step, or something that a person was shown or wrote. */
export const ValueKind = z.enum(['input', 'context', 'output', 'decision'])
export type ValueKind = z.infer<typeof ValueKind>

export const WorkflowUse = z.object({
  workflow: WorkflowName,
  runs: z.int().nonnegative(),
  bytes: Bytes,
  parts: z.record(StoragePart, Bytes),
})
export type WorkflowUse = z.infer<typeof WorkflowUse>

/**
 * Counted together: what is too small to be named and, where the definition marks anything as sensitive, what no schema of it names. A name that is a
 * value's own may tell as much as the value.
 */
export const otherFields = '…'

/**
 * The values of one kind and step of a workflow. `fields` are those at the top of them, the largest first; `''` is a value of which
 * nothing is named.
 */
export const ValueUse = z.object({
  workflow: WorkflowName,
  kind: ValueKind,
  step: StepId.nullable(),
  bytes: Bytes,
  fields: z.array(z.object({ field: z.string(), bytes: Bytes })),
})
export type ValueUse = z.infer<typeof ValueUse>

export const RunUse = z.object({ run: RunId, workflow: WorkflowName, bytes: Bytes })
export type RunUse = z.infer<typeof RunUse>

/** As far as the index has read the journal: all of it, unless it is being made anew. */
export const StorageUse = z.object({
  position: Position,
  /** The largest first. */
  workflows: z.array(WorkflowUse),
  /** The largest first. */
  values: z.array(ValueUse),
  /** The runs that weigh most. */
  heaviest: z.array(RunUse),
  files: z.object({
    store: Bytes,
    /** Of the store: code of workflows, and pages that nothing is written in. */
    code: Bytes,
    free: Bytes,
    wal: Bytes,
    index: Bytes,
  }),
})
export type StorageUse = z.infer<typeof StorageUse>

/** What of the store is of no run, no code and not free: its own indexes and what the file adds, and the host's entries of the journal. */
export function otherBytes({ workflows, files: { store, code, free } }: StorageUse): number {
  return Math.max(0, store - code - free - workflows.reduce((sum, { bytes }) => sum + bytes, 0))
}
