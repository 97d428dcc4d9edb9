/** What a run holds and what it waits for, read off its state: rows say no more, so that nothing of it can be lost or doubled. */
import type { Instant, RunId, StepId, WorkflowName } from '../../model/ids.ts'
import type { Priority } from '../../model/priority.ts'
import { type Holder, limitNames, throttledBy } from '../../model/resource.ts'
import type { RunRecord } from '../../model/run.ts'
import { isEnded } from '../../model/status.ts'
import type { Graph } from '../planner/graph.ts'
import { heldBy, lackedBy } from '../planner/holds.ts'
import { isDeadLetter } from '../planner/status.ts'
import type { Pass, RunState } from '../state/run-state.ts'
import { added, type Amounts, type Wanting } from './serve.ts'

/** An attempt that is under way, what a run holds over several steps, or the run as a whole, with what it holds. */
export interface Holding {
  readonly for: Holder['for']
  /** The one that is under way, or with which it began. */
  readonly pass: Pass | null
  readonly amounts: Amounts
  readonly since: Instant
}

/** A pass that waits to start or to be undone, or a run that waits to begin. */
export interface Waiting extends Wanting {
  /** The same for as long as it waits. */
  readonly id: string
  /** All tiers together. */
  readonly needs: Amounts
  /** Names of what its run holds from then on. */
  readonly keeps: readonly string[]
  readonly run: RunId
  /** The run whose child it is. */
  readonly parent: RunId | null
  readonly workflow: WorkflowName
  readonly pass: Pass | null
  readonly since: Instant
  readonly priority: Priority
  /** The place of who its run has given way to: it comes after that, whatever its priority. */
  readonly behind: number
}

/**
 * What an attempt at a step takes, tier by tier: what it uses, and what it wants held and the run does not hold yet. What undoes it
 * takes the same, and lets go of it with the attempt. The receiver of an effect is asked without any of it. What is throttled may be
 * reached by several steps of the workflow.
 */
function tiersOf(state: RunState, step: StepId, throttles: readonly string[]): Amounts[] {
  const { workflow } = state.record
  const used = new Map(Object.entries({ ...state.manifest(step).uses, ...lackedBy(state, step) }))
  const reached = throttles.length === 0 ? [] : [sumOf(throttles.map(one))]
  return [used, one(limitNames.attemptsAt(workflow, step)), ...reached, one(limitNames.attemptsOf(workflow)), one(limitNames.attempts)]
}

/** What a run holds for as long as it goes on. */
export function slotOf({ workflow }: Pick<RunRecord, 'workflow'>): Amounts[] {
  return [limitNames.runsOf(workflow), limitNames.runs].map(one)
}

function one(name: string): Amounts {
  return new Map([[name, 1]])
}

/** What somebody takes: tier by tier, and all tiers together. */
interface Needs {
  readonly tiers: readonly Amounts[]
  readonly all: Amounts
}

/** Every turn asks for it some times, and but for what a run wants held, a definition says it for all of its runs. */
const known = new WeakMap<Graph, Map<StepId | null, Needs>>()

/** What an attempt at the step takes, or where none is named the run as a whole. */
export function needsOf(state: RunState, step: StepId | null): Needs {
  const throttles = step === null ? [] : state.throttlesOf(state.record.workflow, state.manifest(step))
  const found = throttles.length === 0 ? known.get(state.graph)?.get(step) : undefined
  if (found !== undefined) return found
  const tiers = step === null ? slotOf(state.record) : tiersOf(state, step, throttles)
  const needs = { tiers, all: sumOf(tiers) }
  const isSame = step === null || (throttles.length === 0 && Object.keys(state.manifest(step).holds).length === 0)
  if (isSame) known.set(state.graph, (known.get(state.graph) ?? new Map<StepId | null, Needs>()).set(step, needs))
  return needs
}

/**
 * Whether it is one of the runs that go on at once: not queued, ended, set aside, a dead letter, or in the place of its parent. Who
 * holds something over several steps keeps its place with that: queued, it would wait for runs that wait for it.
 */
function hasPlace(state: RunState): boolean {
  const { admitted, status, parent, holds } = state.record
  if (parent !== null || !admitted || isEnded(status)) return false
  return holds !== null || (status !== 'quarantined' && !isDeadLetter(state))
}

export function holdingsOf(state: RunState): Holding[] {
  const { record } = state
  const holdings: Holding[] = hasPlace(state) ? [{ for: 'run', pass: null, amounts: needsOf(state, null).all, since: record.createdAt }] : []
  for (const { step, iteration, phase, startedAt } of state.attempts()) {
    if (phase !== 'check') holdings.push({ for: 'attempt', pass: { step, iteration }, amounts: needsOf(state, step).all, since: startedAt })
  }
  for (const { name, amount, step, iteration, since } of heldBy(state)) {
    holdings.push({ for: 'steps', pass: { step, iteration }, amounts: new Map([[name, amount]]), since })
  }
  return holdings
}

/** What an attempt holds by what is throttled now, where that was other when it began. */
export function throttledAnew({ record: { workflow }, graph, throttlesOf }: RunState, holding: Holding): Holding {
  const step = holding.for === 'attempt' && holding.pass !== null ? graph.steps.get(holding.pass.step) : undefined
  if (step === undefined) return holding
  const others = [...holding.amounts].filter(([name]) => throttledBy(name) === undefined)
  return { ...holding, amounts: sumOf([new Map(others), ...throttlesOf(workflow, step).map(one)]) }
}

export function sumOf(all: Iterable<Amounts>): Map<string, number> {
  const sum = new Map<string, number>()
  for (const amounts of all) added(sum, amounts)
  return sum
}

/** Nothing of a run that is paused or set aside is in the queue; it keeps its place for when it goes on. */
export function waitsOf(state: RunState): Waiting[] {
  const { paused, status, admitted, closing, createdAt } = state.record
  if (paused || isEnded(status) || status === 'quarantined') return []
  if (!admitted && closing === null) return [waiting(state, null, createdAt)]
  const waits: Waiting[] = []
  for (const pass of state.underWay()) {
    if (pass.waiting?.for === 'resource') waits.push(waiting(state, pass, pass.waiting.since ?? pass.startedAt ?? createdAt))
  }
  return waits
}

export function waiting(state: RunState, pass: Pass | null, since: Instant): Waiting {
  const { id: run, priority, workflow, givenWay } = state.record
  const { tiers, all: needs } = needsOf(state, pass?.step ?? null)
  const at = pass === null ? null : { step: pass.step, iteration: pass.iteration }
  // Who holds something needs less than others at the same step, and may go before them; so may its child.
  const parent = state.record.parent?.run ?? null
  const own = state.record.holds === null && parent === null ? '' : `/${run}`
  return {
    id: waitingId(state, pass),
    run,
    parent,
    workflow,
    pass: at,
    since,
    priority,
    behind: givenWay?.behind ?? Number.NEGATIVE_INFINITY,
    tiers,
    needs,
    keeps: pass === null || state.record.closing !== null ? [] : Object.keys(lackedBy(state, pass.step)),
    likeness: pass === null ? `@${workflow}` : `${workflow}/${pass.step}/${state.record.revision}${own}`,
  }
}

export function waitingId({ record: { id, branch } }: RunState, pass: Pass | null): string {
  return pass === null ? id : `${id}/${branch}/${pass.step}/${pass.iteration}`
}
