/** What of a run others may wait for, and what that hangs on: read off its state, when somebody looks for deadlocks. */
import type { RunId } from '../../model/ids.ts'
import type { ResourceName } from '../../model/resource.ts'
import { awaited } from '../planner/child-wish.ts'
import { hangsOn, heldBy, heldFor } from '../planner/holds.ts'
import type { Pass, RunState } from '../state/run-state.ts'
import { type Waiting, waitsOf } from './needs.ts'

/** A pass of the run that waits for a child run to end. */
export interface AwaitedChild extends Pass {
  readonly child: RunId
}

/** What the run holds over several steps, and all that has to come before it lets go. */
export interface TangledHold {
  readonly name: ResourceName
  readonly amount: number
  readonly waits: readonly Waiting[]
  readonly children: readonly AwaitedChild[]
}

export interface Tangled {
  readonly state: RunState
  readonly run: RunId
  /** Of its passes; none while a person keeps it from going on. */
  readonly waits: readonly Waiting[]
  readonly children: readonly AwaitedChild[]
  readonly holds: readonly TangledHold[]
}

export function tangledOf(state: RunState): Tangled {
  const { paused, status } = state.record
  const waits = waitsOf(state).filter(({ pass }) => pass !== null)
  const children = paused || status === 'quarantined' ? [] : [...awaited(state)].map(({ step, iteration, child }) => ({ step, iteration, child }))
  const holds = heldBy(state).map(({ name, amount }): TangledHold => {
    const passes = hangsOn(state, heldFor(state, name))
    const isOf = (pass: Pass | null): boolean => passes.some(({ step, iteration }) => step === pass?.step && iteration === pass.iteration)
    return { name, amount, waits: waits.filter(({ pass }) => isOf(pass)), children: children.filter(isOf) }
  })
  return { state, run: state.record.id, waits, children, holds }
}
