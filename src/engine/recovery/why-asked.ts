import type { Failure } from '../../model/failure.ts'
import type { StepManifest } from '../../model/manifest.ts'
import type { ManualIntervention } from '../../model/policy/manual-intervention.ts'

/** Why a person is asked about a failure of the step once nothing else helps; undefined where nobody is. */
export function whyAsked({ onFailure }: StepManifest, { ask_for: classes }: ManualIntervention, failure: Failure): string | undefined {
  if (onFailure === 'ask') return 'its definition has a person asked'
  // Nothing is wrong with the step: somebody has to say who gives way, or how much there is. Of its child that was asked there.
  if (failure.class === 'deadlock' && failure.child === undefined) return 'what it waits for does not come by itself'
  // Were the run to fail, what the child did would stay, and nobody would have said so.
  if (failure.class === 'corruption' && failure.child?.error === null) return 'what its child run did can be neither read nor undone'
  return classes.includes(failure.class) ? `the workspace has a person asked about what is ${failure.class.replaceAll('_', ' ')}` : undefined
}
