import type { Actor } from '../../model/actor.ts'
import type { DecisionRecord } from '../../model/decision.ts'
import type { Failure } from '../../model/failure.ts'
import type { StepId } from '../../model/ids.ts'
import { tellRecovery } from './tell-error.ts'
import type { Turn } from './turn.ts'

/** Due at once, by the timer, so that a paused run holds it too. */
export function compensateAgain(turn: Turn, { step, iteration, failure }: DecisionRecord, by: Actor): void {
  tellRecovery(turn, turn.state.pass({ step, iteration }), 'compensate', { strategy: 'retry', why: `${by.name} has it tried again` })
  turn.emit({ type: 'compensation_waiting', step, iteration, until: turn.now, failure: failure ?? failedByHand(step) })
}

export function failedByHand(step: StepId): Failure {
  return { class: 'rejected', name: 'FailedByHand', message: `${step} was failed by a person` }
}
