import { StepId, WorkflowName } from '../../model/ids.ts'
import { bulkheadOf, type Policy, rulesFor } from '../../model/policy/policy.ts'
import { isLimit, undeclaredCapacity } from '../../model/resource.ts'

/** How much there is of a resource or within a limit; infinite where there is no bound. */
export function capacityOf(policy: Policy, name: string): number {
  if (isLimit(name)) return limitOf(policy, name) ?? Number.POSITIVE_INFINITY
  return isDeclared(policy, name) ? (policy.resources[name] ?? undeclaredCapacity) : undeclaredCapacity
}

export function isDeclared({ resources }: Policy, name: string): boolean {
  return isLimit(name) || Object.hasOwn(resources, name)
}

/** Whether a limit is one over all, or the settings say something of it in particular; others are a share of those. */
export function isSet(policy: Policy, name: string): boolean {
  const { what, workflow, step } = partsOf(name)
  return workflow === undefined || step !== undefined || bulkheadOf(policy, WorkflowName.parse(workflow))[what] !== null
}

/** Null where nothing is said. */
function limitOf(policy: Policy, name: string): number | null {
  const { what, workflow, step } = partsOf(name)
  const whole = policy.limits[what]
  if (workflow === undefined) return whole
  const of = WorkflowName.parse(workflow)
  if (step !== undefined) return rulesFor(policy, of, StepId.parse(step)).concurrency.attempts
  const { share, [what]: own } = bulkheadOf(policy, of)
  const part = whole === null ? null : Math.ceil(whole * share)
  return own === null || part === null ? (own ?? part) : Math.min(own, part)
}

function partsOf(limit: string) {
  const [kind, workflow, step] = limit.slice(1).split('/')
  return { what: kind === 'runs' ? 'runs' : 'attempts', workflow, step } as const
}
