import type { StepId } from '../../model/ids.ts'
import type { SkipReason, StepRecord } from '../../model/step.ts'
import { isSettled, type RunState } from '../state/run-state.ts'
import { awaitsChild } from './child-wish.ts'
import { waitingPrimary } from './stand-in.ts'

/** What a pending step can do now: wait for its needs, be skipped for good, or start. */
export type Readiness = 'hold' | 'skip' | 'start'

/** Skips that mean "this path is not taken": what needs them is not taken either, unless it says `join: 'settled'`. */
const pathNotTaken: ReadonlySet<SkipReason | null> = new Set<SkipReason>(['condition', 'dependency', 'expired', 'unused'])

/**
 * The rule of settled needs. A need is settled when its step completed, was skipped, or failed while optional
 * (which is a skip too). A fallback starts only in the place of its primary, never by itself.
 */
export function readiness(state: RunState, id: StepId): Readiness {
  const record = state.step(id)
  if (record.status !== 'pending' || isHeldByHistory(state, record)) return 'hold'
  const { onlyAsFallback, needs } = state.manifest(id)
  if (onlyAsFallback && waitingPrimary(state, record) === undefined) return 'hold'
  if (!needs.every((need) => isSettled(state.step(need)))) return 'hold'
  return lacksNeeds(state, id) ? 'skip' : 'start'
}

/** True where what needs the step is left out too, unless it says `join: 'settled'`. */
export function isPathNotTaken({ skipped }: StepRecord): boolean {
  return pathNotTaken.has(skipped)
}

/** True where something that the step cannot do without lies on a path that is not taken. */
export function lacksNeeds(state: RunState, id: StepId): boolean {
  const { join, needs } = state.manifest(id)
  return join === 'all' && needs.some((need) => isPathNotTaken(state.step(need)))
}

/** A loop went back over an effect that was under way, or over a child: its next iteration waits until that has ended. */
function isHeldByHistory(state: RunState, record: StepRecord): boolean {
  for (const pass of state.underWay()) {
    const { step, status } = pass
    if (step === record.step && (status === 'running' || status === 'in_doubt' || awaitsChild(pass))) return true
  }
  return false
}

/** True when nothing of the run is left to do: every step settled, or a fallback that was not wanted or failed. */
export function isFinished(state: RunState): boolean {
  if (!state.underWay().next().done) return false
  for (const record of state.unsettled()) {
    const isOver = record.status === 'pending' || record.status === 'failed'
    if (!isOver || !state.manifest(record.step).onlyAsFallback) return false
  }
  return true
}
