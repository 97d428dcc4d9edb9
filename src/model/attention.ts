import { z } from 'zod'
import { Failure } from './failure.ts'
import { Finding } from './integrity.ts'
import { Instant, RunId, StepId, WorkflowName } from './ids.ts'
import { Fault } from './policy/policy-view.ts'
import { DecisionView, RunSummary } from './views.ts'

/** Runs that failed at the same step in the same way, and that no later run has made good. */
export const FailureGroup = z.object({
  /** The same for failures that differ in numbers, ids and quoted parts alone. */
  fingerprint: z.string(),
  workflow: WorkflowName,
  /** Null where the run failed as a whole: its timeout, for one. */
  step: StepId.nullable(),
  /** Of the newest run. */
  failure: Failure,
  /** The newest, newest first. */
  runs: z.array(RunId).min(1).max(20),
  count: z.int().min(1),
  firstAt: Instant,
  lastAt: Instant,
})
export type FailureGroup = z.infer<typeof FailureGroup>

/** What needs a person. */
export const AttentionItem = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('alarm'), failure: Failure }),
  z.object({ kind: z.literal('damage'), finding: Finding, failure: Failure }),
  z.object({ kind: z.literal('quarantined'), run: RunSummary }),
  z.object({ kind: z.literal('decision'), view: DecisionView }),
  FailureGroup.extend({ kind: z.literal('failures') }),
  /** `name` is what the file held when it could be loaded last. */
  z.object({
    kind: z.literal('workflow_refused'),
    file: z.string(),
    name: WorkflowName.nullable(),
    failures: z.array(Failure).min(1),
  }),
  /** The file of the settings is wrong as it stands: what was in force before stays. */
  z.object({ kind: z.literal('policy_refused'), file: z.string(), at: Instant, faults: z.array(Fault).min(1) }),
])
export type AttentionItem = z.infer<typeof AttentionItem>
