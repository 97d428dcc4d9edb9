import type { StepId } from '../../model/ids.ts'
import type { RunState } from '../state/run-state.ts'
import { coursesOf } from './course.ts'
import { loopBudget, loopsWithin } from './loop.ts'

/** A step that runs from a state on, or may. */
export interface Expected {
  readonly step: StepId
  readonly certain: boolean
  /** What it hangs on, or that it is under way already. */
  readonly why: string | null
}

/**
 * Every step that runs from this state on, or may: what goes on, what follows, what stands in, and what a step of these
 * can send the run back over. In an order in which each stands after what it needs.
 */
export function outlook(state: RunState): readonly Expected[] {
  const course = coursesOf(state)
  const expected = new Map<StepId, Expected>()
  for (const step of state.graph.order) {
    const { runs, why } = course(step)
    if (runs !== 'no') expected.set(step, { step, certain: runs === 'certainly', why })
  }
  for (const [step, why] of sentBack(state, new Set([...expected.keys(), ...asked(state)]))) {
    if (!expected.has(step)) expected.set(step, { step, certain: false, why })
  }
  return state.graph.order.flatMap((step) => expected.get(step) ?? [])
}

/** Steps that have been prepared and wait for a person: they do not run again, but may send the run back. */
function* asked(state: RunState): Generator<StepId> {
  for (const { step, iteration } of state.decisions()) if (state.isPresent({ step, iteration })) yield step
}

/** Steps that one of `active`, or one that those make active, can send the run back over; and which would. */
function sentBack(state: RunState, active: Set<StepId>): ReadonlyMap<StepId, string> {
  const why = new Map<StepId, string>()
  const { graph } = state
  const loopers = new Set<StepId>()

  /** The bound of a loop is whole again where a later step has sent the run back over it. */
  function canLoop(step: StepId): boolean {
    if (loopBudget(state, step).left > 0) return true
    return [...loopers].some((later) => targets(later).some((to) => loopsWithin(graph, later, to).includes(step)))
  }

  function targets(step: StepId): readonly StepId[] {
    return state.manifest(step).loop?.to ?? []
  }

  for (let before = -1; before < loopers.size; ) {
    before = loopers.size
    for (const step of graph.order) {
      if (loopers.has(step) || !active.has(step) || targets(step).length === 0 || !canLoop(step)) continue
      loopers.add(step)
      for (const to of targets(step)) {
        for (const renewed of graph.renewedBy.get(to) ?? []) {
          active.add(renewed)
          if (!why.has(renewed)) why.set(renewed, `only if ${step} sends the run back to ${to}`)
        }
      }
    }
  }
  return why
}
