/** How long things may take: as their definition says, and where it says nothing, as the workspace does. */
import type { Millis } from '../../model/ids.ts'
import type { StepManifest } from '../../model/manifest.ts'
import type { Timeouts } from '../../model/policy/timeouts.ts'
import type { RunState } from '../state/run-state.ts'

type StepTimeouts = Omit<Timeouts, 'run'>

/** Of one try of a step whose definition says nothing; null where it has no end. */
export function usualTimeoutOf({ critical }: StepManifest, { step, critical_step: ofCritical }: StepTimeouts): Millis | null {
  return (critical ? ofCritical : null) ?? step
}

/** Without a heartbeat; null where none is awaited. */
export function heartbeatOf({ kind, heartbeat }: StepManifest, timeouts: StepTimeouts): Millis | null {
  return heartbeat ?? (kind === 'code' ? timeouts.heartbeat : null)
}

/** Of a run; null where it has no end. */
export function runTimeoutOf(state: RunState): Millis | null {
  return state.graph.manifest.timeout ?? state.rulesOf(null).detection.timeouts.run
}
