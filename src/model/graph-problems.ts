/**
 * What can be wrong with the edges between the steps of a workflow. Pure, so that the process that reads a definition
 * and the host that does not trust it ask the same.
 *
 * A graph without a problem holds what the planner relies on:
 * 1. Ids are unique; needs and fallbacks name steps that are there; needs have no cycle.
 * 2. A fallback stands in for exactly one step, nothing waits for it, and what it needs has settled before that step.
 * 3. Savepoints have names of their own, and a failure leads back to one that the step has passed whenever it runs.
 * 4. Of a resource, the steps of a run use some each or all hold the same: what a run waits for, it does not hold itself.
 * 5. A loop goes back to the step itself or to one that it transitively needs; an edit changes one of the latter.
 */
import { cycleThrough, type EdgeGraph, type StepEdges, walkEdges } from './step-edges.ts'

export const graphProblemCodes = [
  'duplicate_step',
  'unknown_need',
  'fallback_needed',
  'cycle',
  'unknown_fallback',
  'fallback_not_reserved',
  'fallback_shared',
  'fallback_too_early',
  'unreachable',
  'next_not_backwards',
  'unknown_edit_target',
  'duplicate_savepoint',
  'unknown_savepoint',
  'used_and_held',
  'held_differently',
] as const

export interface GraphProblem {
  readonly code: (typeof graphProblemCodes)[number]
  readonly step: string
  readonly message: string
  readonly wayOut: string
}

/** Everything that is wrong with the edges; nothing where it is a graph that can run. */
export function graphProblems(steps: readonly StepEdges[]): readonly GraphProblem[] {
  const graph = walkEdges(steps)
  const each = steps.flatMap((step) => checks.flatMap((check) => [...check(step, graph)]))
  return [...duplicates(steps), ...sameSavepoints(steps), ...cycles(steps, graph), ...holds(steps), ...each]
}

type Check = (step: StepEdges, graph: EdgeGraph) => Generator<GraphProblem>

const checks: readonly Check[] = [needs, ownFallback, standingIn, loop, edit, rollback]

function* duplicates(steps: readonly StepEdges[]): Generator<GraphProblem> {
  for (const [step, { length }] of Map.groupBy(steps, ({ id }) => id)) {
    if (length === 1) continue
    const message = `${length} steps are called ${step}`
    yield { code: 'duplicate_step', step, message, wayOut: 'give each step an id of its own' }
  }
}

function* sameSavepoints(steps: readonly StepEdges[]): Generator<GraphProblem> {
  for (const [name, same] of Map.groupBy(steps, ({ savepoint }) => savepoint)) {
    const [first, second] = same
    if (name === undefined || first === undefined || second === undefined) continue
    const message = `the savepoint ${name} is before ${same.map(({ id }) => id).join(' and before ')}`
    yield { code: 'duplicate_savepoint', step: second.id, message, wayOut: 'give each savepoint a name of its own' }
  }
}

function* holds(steps: readonly StepEdges[]): Generator<GraphProblem> {
  for (const name of new Set(steps.flatMap((step) => Object.keys(step.holds ?? {})))) {
    const holding = steps.filter((step) => amountOf(step.holds, name) !== undefined)
    const [first] = holding
    if (first === undefined) continue
    const [amount, other] = [amountOf(first.holds, name), holding.find((step) => amountOf(step.holds, name) !== amountOf(first.holds, name))]
    if (other !== undefined) {
      const message = `${first.id} holds ${amount} of ${name}, and ${other.id} holds ${amountOf(other.holds, name)} of it`
      yield { code: 'held_differently', step: other.id, message, wayOut: 'the run holds it over all of them: let each of them say the same' }
    }
    for (const { id } of steps.filter((step) => amountOf(step.uses, name) !== undefined)) {
      const message = `step ${id} uses ${name}, which the run holds over ${holding.map((each) => each.id).join(' and ')}: it might wait for its own run`
      yield { code: 'used_and_held', step: id, message, wayOut: `let ${id} hold it too, instead of using it` }
    }
  }
}

/** A resource may be called what every object has by birth. */
function amountOf(amounts: StepEdges['holds'], name: string): number | undefined {
  return amounts !== undefined && Object.hasOwn(amounts, name) ? amounts[name] : undefined
}

/** One problem for each knot of steps that need one another. */
function* cycles(steps: readonly StepEdges[], graph: EdgeGraph): Generator<GraphProblem> {
  const told = new Set<string>()
  for (const { id } of steps) {
    const cycle = told.has(id) ? undefined : cycleThrough(id, graph)
    if (cycle === undefined) continue
    for (const other of graph.before(id)) if (graph.before(other).has(id)) told.add(other)
    const message = `steps need one another: ${cycle.join(' needs ')}`
    const wayOut = 'take one of these needs out; to go back to a step, let a later one answer `next`'
    yield { code: 'cycle', step: id, message, wayOut }
  }
}

function* needs({ id, needs: named }: StepEdges, { steps }: EdgeGraph): Generator<GraphProblem> {
  for (const need of named) {
    const step = steps.get(need)
    if (step === undefined) {
      yield {
        code: 'unknown_need',
        step: id,
        message: `step ${id} needs ${need}, and no step is called that`,
        wayOut: `name one of ${[...steps.keys()].filter((other) => other !== id).join(', ') || 'the steps above it'}`,
      }
    } else if (step.onlyAsFallback) {
      yield {
        code: 'fallback_needed',
        step: id,
        message: `step ${id} needs ${need}, which runs only as a fallback`,
        wayOut: `need the step that ${need} stands in for: its output is that of ${need} then`,
      }
    }
  }
}

function* ownFallback({ id, fallback }: StepEdges, { steps, before, standsInFor }: EdgeGraph): Generator<GraphProblem> {
  if (fallback === null) return
  const step = steps.get(fallback)
  if (step === undefined) {
    const message = `step ${id} has the fallback ${fallback}, and no step is called that`
    yield { code: 'unknown_fallback', step: id, message, wayOut: 'name a step that says onlyAsFallback: true' }
    return
  }
  if (!step.onlyAsFallback) {
    const message = `step ${id} has the fallback ${fallback}, which also runs by itself`
    yield { code: 'fallback_not_reserved', step: id, message, wayOut: `let step ${fallback} say onlyAsFallback: true` }
  }
  const settled = new Set([id, ...standsInFor(id)].flatMap((primary) => [...before(primary)]))
  const early = step.needs.filter((need) => !settled.has(need))
  if (early.length > 0) {
    yield {
      code: 'fallback_too_early',
      step: fallback,
      message: `step ${fallback} stands in for ${id}, but needs ${early.join(', ')}, which ${id} does not wait for`,
      wayOut: `let ${fallback} need only what ${id} needs, or let ${id} need ${early.join(', ')} too`,
    }
  }
}

function* standingIn({ id, onlyAsFallback }: StepEdges, graph: EdgeGraph): Generator<GraphProblem> {
  const primaries = graph.primaries(id)
  if (primaries.length > 1) {
    yield {
      code: 'fallback_shared',
      step: id,
      message: `step ${id} is the fallback of ${primaries.join(' and ')}`,
      wayOut: 'give each of them a fallback of its own; the handler may be the same',
    }
  }
  const runsByItself = (step: string): boolean => graph.steps.get(step)?.onlyAsFallback === false
  if (onlyAsFallback && ![...graph.standsInFor(id)].some(runsByItself)) {
    const message = `step ${id} can never run: it is only a fallback, and of no step that runs`
    const wayOut = 'name it as the fallback of a step, or take onlyAsFallback out'
    yield { code: 'unreachable', step: id, message, wayOut }
  }
}

function* loop({ id, loop: next }: StepEdges, { steps, before }: EdgeGraph): Generator<GraphProblem> {
  for (const to of next?.to ?? []) {
    if (to === id || before(id).has(to)) continue
    const what = steps.has(to) ? 'does not come before it' : 'is no step'
    const message = `next of step ${id} goes to ${to}, which ${what}`
    yield { code: 'next_not_backwards', step: id, message, wayOut: `name one of ${[id, ...before(id)].join(', ')}` }
  }
}

function* edit({ id, edits }: StepEdges, { steps, before }: EdgeGraph): Generator<GraphProblem> {
  if (edits === null || edits === undefined || before(id).has(edits.step)) return
  const what = steps.has(edits.step) ? 'does not come before it' : 'is no step'
  const known = [...before(id)].join(', ')
  const wayOut = known === '' ? 'let it need the step that it edits' : `edit one of ${known}`
  yield { code: 'unknown_edit_target', step: id, message: `step ${id} edits ${edits.step}, which ${what}`, wayOut }
}

/** A stand-in runs only after its primary has begun. */
function* rollback({ id, rollback: aim }: StepEdges, { steps, before, standsInFor }: EdgeGraph): Generator<GraphProblem> {
  if (aim === undefined) return
  const passed = new Set([id, ...standsInFor(id)].flatMap((step) => [step, ...before(step)]))
  const known = [...passed].flatMap((step) => steps.get(step)?.savepoint ?? [])
  if (known.includes(aim.to)) return
  const exists = [...steps.values()].some(({ savepoint }) => savepoint === aim.to)
  const message = `the failure of step ${id} leads back to ${aim.to}, which ${exists ? 'is the savepoint of a step that does not come before it' : 'is no savepoint'}`
  const wayOut = known.length === 0 ? `let ${id}, or a step that it needs, say savepoint: '${aim.to}'` : `name one of ${known.join(', ')}`
  yield { code: 'unknown_savepoint', step: id, message, wayOut }
}
