import type { StepId } from '../../model/ids.ts'
import type { StepRecord } from '../../model/step.ts'
import type { RunState } from '../state/run-state.ts'
import type { Graph } from './graph.ts'

/** Passes that a loop back to `target` goes over: it and all that transitively needs it, where they have begun. */
export function renewals(state: RunState, target: StepId): readonly StepRecord[] {
  const within = state.graph.renewedBy.get(target) ?? []
  return within.map((step) => state.step(step)).filter((record) => record.status !== 'pending')
}

/**
 * Steps whose own loops have their whole bound again when `step` sends the run back to `to`: those of the way between
 * that `step` comes after. Never the other way round, nor beside one another, or two loops could renew each other's
 * bound for ever.
 */
export function loopsWithin(graph: Graph, step: StepId, to: StepId): readonly StepId[] {
  const before = graph.ancestors.get(step)
  const comesBefore = (id: StepId): boolean => {
    const primary = graph.primaryOf.get(id)
    return before?.has(id) === true || (primary !== undefined && comesBefore(primary))
  }
  return (graph.renewedBy.get(to) ?? []).filter((id) => id !== step && comesBefore(id))
}

/** How often the step has sent the run back, against its bound. */
export function loopBudget(state: RunState, step: StepId): { readonly used: number; readonly left: number } {
  const used = state.record.loops[step] ?? 0
  const max = state.manifest(step).loop?.max ?? 0
  return { used, left: Math.max(0, max - used) }
}
