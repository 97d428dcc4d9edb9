/**
 * What a run holds over several of its steps, read off its state: what it lacks yet, how long it holds on, and what letting go
 * of each hangs on.
 *
 * A hold begins with the first attempt at one of the steps that say so, and is over once none of them is under way or to come.
 * Of a run that is ending, it is over once what they did is undone.
 */
import type { StepId } from '../../model/ids.ts'
import type { Hold, ResourceName } from '../../model/resource.ts'
import { isEnded } from '../../model/status.ts'
import type { StepRecord } from '../../model/step.ts'
import type { RunState } from '../state/run-state.ts'
import { owedCompensations } from './compensation.ts'

/** What the run has to come to hold before the step starts. */
export function lackedBy(state: RunState, step: StepId): Readonly<Record<ResourceName, number>> {
  const { holds } = state.record
  return Object.fromEntries(Object.entries(state.manifest(step).holds).filter(([name]) => holds === null || !Object.hasOwn(holds, name)))
}

export type NamedHold = Hold & { readonly name: ResourceName }

/** What the run holds, those that it has held longest first. */
export function heldBy({ record: { holds } }: RunState): readonly NamedHold[] {
  if (holds === null) return []
  return Object.entries(holds).map(([name, hold]) => ({ name, ...hold })).toSorted((one, other) => one.checkpoint - other.checkpoint)
}

/** Names of what the run holds and needs no more, or not yet. */
export function heldInVain(state: RunState): readonly ResourceName[] {
  const { holds, status } = state.record
  if (holds === null) return []
  return heldBy(state).flatMap((hold) => (isEnded(status) || heldFor(state, hold.name).length === 0 || isTooEarly(state, hold) ? [hold.name] : []))
}

/** The step with which it began was left out by its condition, and no other has begun since. */
function isTooEarly(state: RunState, { name, step, iteration, order }: NamedHold): boolean {
  if (state.record.closing !== null || state.pass({ step, iteration }).skipped !== 'condition') return false
  const hasBegun = (record: StepRecord): boolean => says(state, record, name) && (record.status === 'completed' ? (record.order ?? 0) > order : record.status !== 'skipped' && record.status !== 'pending')
  return ![...state.underWay(), ...state.present()].some(hasBegun)
}

/** Passes that the run holds it for: those under way, those to come, and of a run that is ending those to be undone. */
export function heldFor(state: RunState, name: ResourceName): readonly StepRecord[] {
  const isHeldFor = (record: StepRecord): boolean => says(state, record, name)
  const underWay = [...state.underWay()].filter(isHeldFor)
  const { closing } = state.record
  if (closing !== null) return [...underWay, ...owedCompensations(state).filter(isHeldFor)]
  return [...underWay, ...[...state.unsettled()].filter((record) => isHeldFor(record) && isToCome(state, record))]
}

function says(state: RunState, { step }: StepRecord, name: ResourceName): boolean {
  return Object.hasOwn(state.manifest(step).holds, name)
}

/** Whether it may still start. A stand-in does as long as what it stands in for may fail. */
function isToCome(state: RunState, { step, status }: StepRecord): boolean {
  if (status !== 'pending') return false
  if (!state.manifest(step).onlyAsFallback) return true
  const primary = state.graph.primaryOf.get(step)
  return primary !== undefined && isPrimaryOpen(state, state.step(primary))
}

function isPrimaryOpen(state: RunState, primary: StepRecord): boolean {
  return primary.status === 'running' || primary.status === 'waiting' || primary.status === 'in_doubt' || isToCome(state, primary)
}

/** Passes under way on which the end of these hangs: themselves, what they need, what may stand in for that, and what they stand in for. */
export function hangsOn(state: RunState, passes: readonly StepRecord[]): readonly StepRecord[] {
  if (state.record.closing !== null) return [...state.underWay()]
  const steps = new Set<StepId>()
  const add = (step: StepId): void => {
    if (steps.has(step)) return
    steps.add(step)
    for (const need of state.graph.ancestors.get(step) ?? []) add(need)
    const { fallback } = state.manifest(step)
    if (fallback !== null) add(fallback)
    // Whether a stand-in has its turn is not known before that has come to something.
    const primary = state.graph.primaryOf.get(step)
    if (primary !== undefined) add(primary)
  }
  for (const { step } of passes) add(step)
  return [...state.underWay()].filter(({ step }) => steps.has(step))
}
