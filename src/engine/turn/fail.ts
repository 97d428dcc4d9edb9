import type { Failure } from '../../model/failure.ts'
import type { StrategyName } from '../../model/recovery-strategy.ts'
import type { SkipReason, StepRecord } from '../../model/step.ts'
import { waitingPrimary } from '../planner/stand-in.ts'
import { chooseRemedy } from '../recovery/choose.ts'
import { strategies } from '../recovery/registry.ts'
import { situationOf } from '../recovery/situation.ts'
import type { Remedy } from '../recovery/strategy.ts'
import { skip } from './advance.ts'
import { tellFailure, tellRecovery } from './tell-error.ts'
import type { Turn } from './turn.ts'

/** A try of the step has failed and is counted; does what policy says comes next. */
export function fail(turn: Turn, record: StepRecord, failure: Failure): void {
  tellFailure(turn, record, 'run', failure)
  turn.marksError(record)
  recover(turn, record, failure)
}

/** Goes down the chain of what failed, from its beginning or from behind what has just not helped. */
export function recover(turn: Turn, record: StepRecord, failure: Failure, after?: StrategyName): void {
  carryOut(turn, record, failure, chooseRemedy(situationOf(turn, record, failure), after))
}

/** Does one thing about a failure, whoever chose it. */
export function carryOut(turn: Turn, record: StepRecord, failure: Failure, remedy: Remedy): void {
  const strategy = strategies[remedy.strategy]
  tellRecovery(turn, record, 'run', { ...remedy, counts: strategy.isLast !== true })
  strategy.carryOut(turn, record, failure, remedy, {
    withoutStandIn: (primary, why) => recover(turn, primary, why, 'fallback'),
  })
}

/** The definition leaves the step out. A fallback that is left out has not stood in: its primary has failed for good. */
export function leaveOut(turn: Turn, record: StepRecord, reason: SkipReason): void {
  const primary = waitingPrimary(turn.state, record)
  skip(turn, record, reason)
  if (primary === undefined) return
  const failure = primary.failure ?? { class: 'permanent', name: 'NoStandIn', message: `${record.step} was left out` }
  recover(turn, primary, failure, 'fallback')
}

/** A person leaves the step out, and all that it stands in for. It is optional: its dependents go on without its output. */
export function leaveOutByHand(turn: Turn, record: StepRecord): void {
  const primary = waitingPrimary(turn.state, record)
  skip(turn, record, 'person')
  if (primary !== undefined) leaveOutByHand(turn, primary)
}
