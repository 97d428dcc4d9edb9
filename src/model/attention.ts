import { z } from 'zod'
import { Failure } from './failure.ts'
import { Finding } from './integrity.ts'
import { Instant, RunId, StepId, WorkflowName } from './ids.ts'
import { Fault } from './policy/policy-view.ts'
import { type DamagedRuns, DecisionView, RunSummary } from './views.ts'

/** A run that failed since one below it did: it is told of there, and is no item of its own. */
export const FailedSince = z.object({
  run: RunId,
  workflow: WorkflowName,
  step: StepId.nullable(),
  /** The child of its that failed. */
  child: RunId,
})
export type FailedSince = z.infer<typeof FailedSince>

/**
 * Runs that failed at the same step in the same way, and that no later run has made good. Of a run that failed since its child did, it is
 * the child that is told; a child whose parent went on without it is not.
 */
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
  /** Runs above those that are named, which failed since they did, the nearest first. */
  above: z.array(FailedSince).default([]),
  firstAt: Instant,
  lastAt: Instant,
})
export type FailureGroup = z.infer<typeof FailureGroup>

/** All of them, the newest group first, and the damaged runs that could not be read for it. */
export interface FailedRuns {
  readonly groups: readonly FailureGroup[]
  readonly damaged: DamagedRuns
}

/** The run that somebody starts again to have what a failed one was for: the one that is nobody's child. */
export function topOf({ above, workflow }: Pick<FailureGroup, 'above' | 'workflow'>, failed: RunId): Pick<FailedSince, 'run' | 'workflow'> {
  const next = above.find(({ child }) => child === failed)
  return next === undefined ? { run: failed, workflow } : topOf({ above: above.filter((each) => each !== next), workflow: next.workflow }, next.run)
}

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
