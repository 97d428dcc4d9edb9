import type { Failure } from '../../model/failure.ts'
import type { AttemptRecord } from '../../model/step.ts'
import { doubtActions, openDecision } from './open-decision.ts'
import { endAttempt } from './end-attempt.ts'
import type { Turn } from './turn.ts'

/**
 * The attempt was cut off inside an effect that must not be repeated by guess. A person says whether it happened;
 * until then nothing of this step runs again (law 2).
 */
export function putInDoubt(turn: Turn, attempt: AttemptRecord, cause: Failure): void {
  const record = turn.state.pass(attempt)
  const { step, iteration } = record
  const failure: Failure = {
    ...cause,
    message: `${cause.message}: it is not known whether the effect of ${step} happened`,
    wayOut: 'look at the receiving side, then decide: it happened (give its output), or it did not (it runs again)',
  }
  endAttempt(turn, attempt, { status: 'in_doubt', failure, counts: false })
  turn.marksError(record)
  if (attempt.phase === 'compensate') turn.emit({ type: 'compensation_waiting', step, iteration, until: null, failure })
  else turn.emit({ type: 'step_in_doubt', step, iteration, failure })
  openDecision(turn, record, { kind: 'in_doubt', actions: [...doubtActions], shown: null, edits: null, failure, deadline: null })
}
