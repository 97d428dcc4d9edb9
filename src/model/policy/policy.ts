/** How a workspace has its runs watched and mended. */
import { z } from 'zod'
import type { StepId, WorkflowName } from '../ids.ts'
import { BreakerRules } from './breaker-rules.ts'
import { Checkpoints } from './checkpoints.ts'
import { Bulkhead, Concurrency, Limits, Resources } from './coordination.ts'
import { DeadLetters } from './dead-letters.ts'
import { Detection } from './detection.ts'
import { Ending } from './ending.ts'
import { HeartbeatRules } from './heartbeat-rules.ts'
import { ManualIntervention } from './manual-intervention.ts'
import { RecoveryRules } from './recovery-rules.ts'
import { ThrottleRules } from './throttle-rules.ts'

/**
 * What can be said for all runs, for those of a workflow, or for a step: the sections of `cairn.config.yaml` that bear on
 * runs. Every rule has a default, and a `.describe` that says what it means. The file, its overrides, the reference, the
 * command line and the console all follow from these schemas; `npm run reference` writes the page that a test holds against them.
 */
export const Rules = z.object({
  checkpoints: Checkpoints.default('defined'),
  concurrency: Concurrency.prefault({}),
  detection: Detection.prefault({}),
  ending: Ending.prefault({}),
  heartbeats: HeartbeatRules.prefault({}),
  recovery: RecoveryRules.prefault({}),
  breakers: BreakerRules.prefault({}),
  throttles: ThrottleRules.prefault({}),
  manual_intervention: ManualIntervention.prefault({}),
})
export type Rules = z.infer<typeof Rules>

/** Rules for all, and for workflows and steps that have their own: each of them whole, so that nothing is looked up twice. */
export interface Policy {
  readonly usual: Rules
  readonly workflows: ReadonlyMap<WorkflowName, WorkflowRules>
  readonly resources: Resources
  readonly limits: Limits
  readonly bulkheads: Bulkheads
  readonly deadLetters: DeadLetters
}

/** What each workflow may take, and those of which something else is said. */
export interface Bulkheads {
  readonly usual: Bulkhead
  readonly workflows: ReadonlyMap<WorkflowName, Bulkhead>
}

export interface WorkflowRules {
  readonly rules: Rules
  readonly steps: ReadonlyMap<StepId, Rules>
}

/** What applies where a workspace says nothing. */
export const usualPolicy: Policy = {
  usual: Rules.parse({}),
  workflows: new Map(),
  resources: Resources.parse(undefined),
  limits: Limits.parse({}),
  bulkheads: { usual: Bulkhead.parse({}), workflows: new Map() },
  deadLetters: DeadLetters.parse({}),
}

/** What applies to a run of the workflow, or to one of its steps. */
export function rulesFor(policy: Policy, workflow: WorkflowName, step: StepId | null = null): Rules {
  const own = policy.workflows.get(workflow)
  return (step === null ? undefined : own?.steps.get(step)) ?? own?.rules ?? policy.usual
}

export function bulkheadOf({ bulkheads }: Policy, workflow: WorkflowName): Bulkhead {
  return bulkheads.workflows.get(workflow) ?? bulkheads.usual
}
