/** How a step that failed, or was left out, is handled for the steps that need it; each of them carries that. */
import type { StepId } from '../../model/ids.ts'
import type { Follows } from '../../model/step.ts'
import type { RunState } from '../state/run-state.ts'
import { isPathNotTaken } from './readiness.ts'

/** Of a step that is left out since it lacks what it needs: the step with which that began. */
export function leftOutWith(state: RunState, step: StepId): Follows | null {
  const lacking = state.manifest(step).needs.map((need) => state.step(need)).find(isPathNotTaken)
  if (lacking === undefined) return null
  return { from: lacking.follows?.as === 'skipped' ? lacking.follows.from : lacking.step, as: 'skipped', by: null }
}

/** Of a step that starts: another stood in for one that it needs, or it goes on without. Null where all that it needs is there. */
export function goesOnAround(state: RunState, step: StepId): Follows | null {
  const needs = state.manifest(step).needs.map((need) => state.step(need))
  const other = needs.find(({ via }) => via !== null) ?? needs.find(({ status }) => status === 'skipped')
  return other === undefined ? null : { from: other.step, as: 'rerouted', by: other.via }
}

/** Steps that fail with another, since they need it. */
export function failWith(state: RunState, failed: StepId): ReadonlySet<StepId> {
  return new Set((state.graph.renewedBy.get(failed) ?? []).filter((step) => step !== failed))
}
