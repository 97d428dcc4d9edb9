import type { Allowance } from '../../model/allowance.ts'
import type { PassedOver } from '../../model/error-record.ts'
import type { Failure, FailureClass } from '../../model/failure.ts'
import type { Instant, StepId } from '../../model/ids.ts'
import type { ManualIntervention } from '../../model/policy/manual-intervention.ts'
import type { RecoveryRules } from '../../model/policy/recovery-rules.ts'
import type { StrategyName } from '../../model/recovery-strategy.ts'
import type { StepRecord } from '../../model/step.ts'
import type { Chance } from '../planner/failure.ts'
import type { RunState } from '../state/run-state.ts'
import type { Turn } from '../turn/turn.ts'

/** All that a strategy may go by. The failed try is already counted in `record.tries`. */
export interface Situation {
  readonly state: RunState
  readonly record: StepRecord
  readonly failure: Failure
  readonly rules: RecoveryRules
  readonly intervention: ManualIntervention
  readonly chance: Chance
  /** How many dead letters there are, and may be. */
  readonly queue: { readonly letters: number; readonly most: number }
  /** Whether a checkpoint of the run is still kept. @throws CorruptionFound */
  readonly keeps: (checkpoint: number) => boolean
}

/** What a strategy would do. */
export interface Plan {
  /** Why it is taken, in words for a person. */
  readonly why: string
  /** Until when it waits first. */
  readonly until: Instant | null
  /** The step whose turn it is then. */
  readonly to: StepId | null
  /** What attempts of the pass may take from then on. */
  readonly allowance?: Allowance
  /** The checkpoint that the run goes back to, where it does. */
  readonly checkpoint?: number
}

/** Why a strategy is not for this. */
export interface NotThis {
  readonly not: string
}

/** The plan of the strategy that was chosen, and those that stood before it in the chain. */
export interface Remedy extends Plan {
  readonly strategy: StrategyName
  readonly passedOver: readonly PassedOver[]
}

/** A run that has failed, or that is set aside for damage. */
export interface FailedRun {
  readonly state: RunState
  readonly failure: Failure
  /** The step that it failed of; null where it failed as a whole. */
  readonly failed: StepRecord | null
  /** The newest checkpoint that is whole; null where none is. */
  readonly whole: number | null
}

/** Where a run that has failed would go on from. */
export interface WayBack {
  readonly checkpoint: number
  /** Why it is taken, in words for a person. */
  readonly why: string
}

/** What carrying out may need of whoever has it carried out. */
export interface Hands {
  /** A step that waits for a stand-in gets none: what its own chain says next is done. */
  readonly withoutStandIn: (primary: StepRecord, failure: Failure) => void
}

/** One way to answer an error. A new one is a file here and a row in the registry. */
export interface Strategy {
  /** Nothing runs again by it: it stays when the run has recovered as often by itself as it may. */
  readonly isLast?: true
  /** The one class of failures that it is for; those of others never hear of it. */
  readonly only?: FailureClass
  /** Pure: what it would do, or why it is not for this. */
  plan(situation: Situation): Plan | NotThis
  carryOut(turn: Turn, record: StepRecord, failure: Failure, plan: Plan, hands: Hands): void
  /** The same for a run that has failed already, where a person has it recovered. */
  readonly ofRun?: (run: FailedRun) => WayBack | NotThis
}
