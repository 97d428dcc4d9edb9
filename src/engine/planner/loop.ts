import type { StepId } from '../../model/ids.ts'
import type { StepRecord } from '../../model/step.ts'
import type { RunState } from '../state/run-state.ts'

/** Passes that a loop back to `target` goes over: it and all that transitively needs it, where they have begun. */
export function renewals(state: RunState, target: StepId): readonly StepRecord[] {
  const within = state.graph.renewedBy.get(target) ?? []
  return within.map((step) => state.step(step)).filter((record) => record.status !== 'pending')
}

/** How often the step has sent the run back, against its bound. */
export function loopBudget(state: RunState, step: StepId): { readonly used: number; readonly left: number } {
  const used = state.record.loops[step] ?? 0
  const max = state.manifest(step).loop?.max ?? 0
  return { used, left: Math.max(0, max - used) }
}
