import type { RunEvent } from '../../model/event.ts'
import type { RunId, StepId, WorkflowName } from '../../model/ids.ts'
import type { RunState } from '../state/run-state.ts'
import type { ChildWish } from './child-wish.ts'

/** A run as a turn leaves it. */
export interface Left {
  readonly state: RunState
  readonly events: readonly RunEvent[]
}

/** What is known of runs beside the one that is acted on. Where it cannot be known, it is said why. */
export interface Kin {
  /** A run of the workflow as its first turn would leave it, begun by a step of `parent`. */
  begun(workflow: WorkflowName, parent: RunState, step: StepId): Left | string
  /** A run that there is; undefined where it is kept no more. */
  stored(run: RunId): RunState | string | undefined
  /** How a run went that there was; undefined where it is there, or nobody knows. */
  removed(run: RunId): string | undefined
  /** A child as it is once it does what its parent wants. */
  heeding(child: RunState, wish: ChildWish): Left
}
