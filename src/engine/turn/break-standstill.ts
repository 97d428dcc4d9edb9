import type { Failure } from '../../model/failure.ts'
import type { StepRecord } from '../../model/step.ts'
import { standsStill, standstill } from '../planner/standstill.ts'
import { close } from './close.ts'
import { doubtActions, openDecision, undoing } from './open-decision.ts'
import type { Turn } from './turn.ts'

/**
 * A run that stands still for good fails, with what was completed undone. Where even its end stands still, a person is asked
 * what is not known, or what became of an undoing.
 */
export function breakStandstill(turn: Turn): void {
  const { state } = turn
  if (turn.holds || !standsStill(state)) return
  const failure = standstill(state)
  if (state.record.closing === null) close(turn, { outcome: 'failed', failure })
  if (standsStill(state)) for (const record of [...state.underWay()]) ask(turn, record, failure)
}

function ask(turn: Turn, record: StepRecord, failure: Failure): void {
  const more = { shown: null, edits: null, failure, deadline: null }
  if (record.status === 'in_doubt') openDecision(turn, record, { ...more, kind: 'in_doubt', actions: [...doubtActions] })
  else if (record.status === 'completed') openDecision(turn, record, { ...more, kind: 'recovery', ...undoing(record, failure) })
}
