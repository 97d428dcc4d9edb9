import type { RunEventMap } from '../../src/model/event.ts'
import { StepId } from '../../src/model/ids.ts'
import type { StepRecord } from '../../src/model/step.ts'
import type { RunState } from '../../src/engine/state/run-state.ts'

/** The passes that a branch began with, but for those that are new; `state` is the run after it went back. */
export function passesBegun({ kept, passes }: RunEventMap['run_restored'], state: RunState): StepRecord[] {
  const stayed = Object.entries(kept).flatMap(([step, count]) => state.iterations(StepId.parse(step)).slice(0, count))
  return [...stayed, ...passes]
}
