import type { StepManifest } from '../../model/manifest.ts'
import type { StepRecord } from '../../model/step.ts'
import type { RunState } from '../state/run-state.ts'

/** Completed passes of the branch whose effect is out there: nothing has taken it back. */
export function effectsOut(state: RunState): readonly StepRecord[] {
  return [...state.history()].filter(({ step, status, via, compensation }) => {
    return status === 'completed' && via === null && compensation !== 'done' && reachesOut(state.manifest(step))
  })
}

/** What a run does that a step begins is not known here: it may have done anything. */
function reachesOut({ kind, effect }: StepManifest): boolean {
  return kind === 'workflow' || effect !== null
}
