import type { StepId } from '../../model/ids.ts'
import type { Savepoint } from '../../model/savepoint.ts'
import type { RunState } from '../state/run-state.ts'
import { coursesOf } from './course.ts'
import type { Graph } from './graph.ts'
import { loopBudget, loopsWithin } from './loop.ts'
import { isRenewed, type Rollback, rollbacksFrom } from './rollback.ts'

/** A step that runs from a state on, or may. */
export interface Expected {
  readonly step: StepId
  readonly certain: boolean
  /** What it hangs on, or that it is under way already. */
  readonly why: string | null
}

/** A step that may send the run back, and where to. */
interface Loop {
  readonly step: StepId
  readonly to: StepId
}

/**
 * Every step that runs from this state on, or may: what goes on, what follows, what stands in, and what a step of these
 * can send the run back over, by a loop or by failing where that leads back to a savepoint. In an order in which each stands after what it needs. Certain is what runs unless
 * something fails or a person ends the run elsewhere.
 */
export function outlook(state: RunState): readonly Expected[] {
  const { graph } = state
  const course = coursesOf(state)
  const active = new Set([...graph.order.filter((step) => course(step).runs !== 'no'), ...asked(state)])
  const { loops, rollbacks } = waysBack(state, active)

  return graph.order.flatMap((step): Expected | readonly Expected[] => {
    const { runs, why } = course(step)
    const over = loops.filter(({ to }) => graph.renewedBy.get(to)?.includes(step))
    if (runs === 'no') {
      const back = rollbacks.filter(({ renews }) => renews.has(step))
      const why = [
        ...over.map(({ step: by, to }) => `only if ${by} sends the run back to ${to}`),
        ...back.map(({ step: by, to }) => `only if ${by} fails, and the run is rolled back to ${to.name}`),
      ]
      return why.slice(0, 1).map((reason) => maybe(step, reason))
    }
    const sooner = over.find(({ step: by }) => mayActBefore(step, by, { graph, active, loops }))
    if (runs === 'certainly' && sooner !== undefined) return maybe(step, `unless ${sooner.step} sends the run back first`)
    return { step, certain: runs === 'certainly', why }
  })
}

/** The same of a run on its way back to a savepoint: what begins anew there, and what that may send the run back over. */
export function outlookBackAt(state: RunState, to: Savepoint): readonly Expected[] {
  const { graph } = state
  const renewed = new Set(graph.order.filter((step) => isRenewed(state, to, step)))
  const { loops, rollbacks } = waysBack(state, renewed)
  const isOver = (step: StepId): boolean =>
    loops.some((loop) => graph.renewedBy.get(loop.to)?.includes(step)) || rollbacks.some(({ renews }) => renews.has(step))
  return graph.order.filter((step) => renewed.has(step) || isOver(step)).map((step) => maybe(step, `once the run is back at ${to.name}`))
}

function maybe(step: StepId, why: string): Expected {
  return { step, certain: false, why }
}

/** Steps that have been prepared and wait for a person: they do not run again, but may send the run back. */
function* asked(state: RunState): Generator<StepId> {
  for (const { step, iteration } of state.decisions()) if (state.isPresent({ step, iteration })) yield step
}

/** How one of `active` may send the run back, or one that becomes active by that. */
function waysBack(state: RunState, from: ReadonlySet<StepId>): { readonly loops: readonly Loop[]; readonly rollbacks: readonly Rollback[] } {
  const { graph } = state
  const loops: Loop[] = []
  const rollbacks: Rollback[] = []
  const failing = new Map(rollbacksFrom(state).map((rollback) => [rollback.step, rollback]))
  const active = new Set(from)
  const waiting = new Set(graph.manifest.steps.filter(({ loop }) => loop !== null).map(({ id }) => id))

  /** The bound of a loop is whole again where a later step has sent the run back over it. */
  const isLeft = (step: StepId): boolean =>
    loopBudget(state, step).left > 0 || loops.some((later) => loopsWithin(graph, later.step, later.to).includes(step))

  for (let found = -1; found < loops.length + rollbacks.length; ) {
    found = loops.length + rollbacks.length
    for (const [step, rollback] of failing) {
      if (!active.has(step)) continue
      failing.delete(step)
      rollbacks.push(rollback)
      for (const renewed of rollback.renews) active.add(renewed)
    }
    for (const step of waiting) {
      if (!active.has(step) || !isLeft(step)) continue
      waiting.delete(step)
      for (const to of state.manifest(step).loop?.to ?? []) {
        loops.push({ step, to })
        for (const renewed of graph.renewedBy.get(to) ?? []) active.add(renewed)
      }
    }
  }
  return { loops, rollbacks }
}

interface Ahead {
  readonly graph: Graph
  readonly active: ReadonlySet<StepId>
  readonly loops: readonly Loop[]
}

/**
 * True where `by` may come to its end before `step` does: it is on its way, or another that may come before sends the
 * run back over it.
 */
function mayActBefore(step: StepId, by: StepId, ahead: Ahead, visited = new Set<StepId>()): boolean {
  const { graph, active, loops } = ahead
  if (isAfter(graph, by, step) || visited.has(by)) return false
  if (active.has(by)) return true
  visited.add(by)
  const renewing = loops.filter(({ to }) => graph.renewedBy.get(to)?.includes(by))
  return renewing.some((loop) => mayActBefore(step, loop.step, ahead, visited))
}

/** True where `later` acts only once `step` has settled: it needs it, stands in for it, or for a step that needs it. */
function isAfter(graph: Graph, later: StepId, step: StepId): boolean {
  if (later === step || graph.ancestors.get(later)?.has(step) === true) return true
  const primary = graph.primaryOf.get(later)
  return primary !== undefined && isAfter(graph, primary, step)
}
