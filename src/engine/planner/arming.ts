import type { Phase, StepRecord } from '../../model/step.ts'
import type { RunState } from '../state/run-state.ts'

/** Whether a person has to let the pass touch the outside world first: a disarmed run does nothing there by itself. */
export function mustBeArmed(state: RunState, { step, armed }: Pick<StepRecord, 'step' | 'armed'>, phase: Phase): boolean {
  return state.record.disarmed && armed !== phase && state.manifest(step).effect !== null
}
