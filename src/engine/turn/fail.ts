import type { Failure } from '../../model/failure.ts'
import type { SkipReason, StepRecord } from '../../model/step.ts'
import { afterFallback, type Consequence, consequence } from '../planner/failure.ts'
import { waitingPrimary } from '../planner/stand-in.ts'
import { advance, skip } from './advance.ts'
import { close } from './close.ts'
import { openDecision, recoveryActions } from './open-decision.ts'
import type { Turn } from './turn.ts'

/** A try of the step has failed and is counted; does what its policy says comes next. */
export function fail(turn: Turn, record: StepRecord, failure: Failure): void {
  const chance = { now: turn.now, fraction: turn.randomness.fraction() }
  turn.marksError(record)
  carryOut(turn, record, failure, consequence(turn.state, record, failure, chance))
}

/** The step has failed and no retry will do: its fallback, optional, a person, or the run. */
export function carryOut(turn: Turn, record: StepRecord, failure: Failure, what: Consequence): void {
  const { step, iteration } = record
  switch (what.type) {
    case 'retry':
      turn.emit({ type: 'step_waiting', step, iteration, for: 'backoff', until: what.until, failure })
      break
    case 'fallback':
      turn.emit({ type: 'step_waiting', step, iteration, for: 'fallback', until: null, failure })
      advance(turn, [what.step])
      break
    case 'ask':
      turn.emit({ type: 'step_waiting', step, iteration, for: 'decision', until: null, failure })
      openDecision(turn, record, { kind: 'recovery', actions: [...recoveryActions], shown: null, edits: null, failure, deadline: null })
      break
    case 'skip':
      giveUp(turn, record, failure, () => turn.emit({ type: 'step_skipped', step, iteration, reason: 'optional', failure }))
      break
    case 'fail':
      giveUp(turn, record, failure, () => turn.emit({ type: 'step_failed', step, iteration, failure }))
      break
  }
}

/** The step is over. A fallback's end is its primary's failure; any other failure that nothing caught is the run's. */
function giveUp(turn: Turn, record: StepRecord, failure: Failure, end: () => void): void {
  const primary = waitingPrimary(turn.state, record)
  end()
  const { status } = turn.state.pass(record)
  if (primary !== undefined) {
    carryOut(turn, primary, failure, afterFallback(turn.state, primary.step))
  } else if (status === 'failed') {
    close(turn, { outcome: 'failed', failure })
  } else {
    advance(turn, turn.state.graph.dependents.get(record.step) ?? [])
  }
}

/** The definition leaves the step out. A fallback that is left out has not stood in: its primary has failed for good. */
export function leaveOut(turn: Turn, record: StepRecord, reason: SkipReason): void {
  const primary = waitingPrimary(turn.state, record)
  skip(turn, record, reason)
  if (primary === undefined) return
  const failure = primary.failure ?? { class: 'permanent', name: 'NoStandIn', message: `${record.step} was left out` }
  carryOut(turn, primary, failure, afterFallback(turn.state, primary.step))
}

/** A person leaves the step out, and all that it stands in for. Its dependents go on without its output. */
export function leaveOutByHand(turn: Turn, record: StepRecord): void {
  const primary = waitingPrimary(turn.state, record)
  skip(turn, record, 'person')
  if (primary !== undefined) leaveOutByHand(turn, primary)
}
