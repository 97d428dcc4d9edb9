import type { Phase, StepRecord } from '../../model/step.ts'
import { mayBeLeftOut } from '../planner/stand-in.ts'
import { armActions, openDecision } from './open-decision.ts'
import type { Turn } from './turn.ts'

/** Asks whether a pass of a disarmed run, or its compensation, may touch the outside world. Until then it waits. */
export function askToArm(turn: Turn, record: StepRecord, phase: Phase): void {
  const { step, iteration } = record
  const undoes = phase === 'compensate'
  if (undoes) turn.emit({ type: 'compensation_waiting', step, iteration, until: null, failure: null })
  else turn.emit({ type: 'step_waiting', step, iteration, for: 'decision', until: null, failure: null })
  const actions = armActions(undoes || mayBeLeftOut(turn.state, record))
  openDecision(turn, record, { kind: 'arm', actions, shown: null, edits: null, failure: null, deadline: null })
}
