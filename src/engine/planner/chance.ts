/** What a step's own pass leaves to chance, whatever its needs do: in the words that a person reads, null where it is nothing. */
import type { StepId } from '../../model/ids.ts'
import type { StepManifest } from '../../model/manifest.ts'
import type { StepRecord } from '../../model/step.ts'
import type { RunState } from '../state/run-state.ts'
import { mustBeArmed } from './arming.ts'
import { loopBudget } from './loop.ts'

/** Whether it runs, which its condition says. */
export function condition({ conditional }: StepManifest): string | null {
  return conditional ? 'only if its condition says so' : null
}

/** Whether it runs where the run is disarmed: that waits before each effect. */
export function unarmed(state: RunState, record: StepRecord): string | null {
  return mustBeArmed(state, record, 'run') ? onlyIfArmed(record.step) : null
}

/** Whether it begins: it waits for an earlier pass that a person has to settle. */
export function heldBack(state: RunState, step: StepId): string | null {
  const inDoubt = state.iterations(step).some(({ status }) => status === 'in_doubt')
  return inDoubt ? whetherItHappened(step) : null
}

/** Whether it settles. */
export function ownDelay(state: RunState, record: StepRecord): string | null {
  const { step } = record
  const { kind, loop } = state.manifest(step)
  if (kind === 'approval' || unarmed(state, record) !== null) return onceDecided(step)
  const mayLoop = loop !== null && (loop.onLimit === 'fail' || loopBudget(state, step).left > 0)
  return mayLoop ? `unless ${step} sends the run back` : null
}

/** Whether what needs it goes on once it has settled. */
export function ownAbsence(manifest: StepManifest): string | null {
  if (manifest.conditional) return `unless ${manifest.id} is left out`
  const mayExpire = manifest.kind === 'approval' && manifest.deadline !== null && manifest.onDeadline === 'skip'
  return mayExpire ? `unless the deadline of ${manifest.id} passes` : null
}

export function whetherItHappened(step: StepId): string {
  return `once it is known whether ${step} happened`
}

export function onlyIfArmed(step: StepId): string {
  return `only if ${step} is armed`
}

export function onceDecided(step: StepId): string {
  return `once ${step} is decided`
}
