/**
 * Sending a run back to a checkpoint, in one transition.
 *
 * Invariants:
 * 1. The branch that the run leaves is fenced: nothing of it is live afterwards, and what it had come to stays as it was.
 * 2. What was cut off inside an effect that must not be repeated by guess is in doubt there, and stays so.
 * 3. What was compensated since the checkpoint is not taken as done: it begins a pass anew, and with it what needs it.
 */
import { Conflict } from '../../model/control-errors.ts'
import type { Failure } from '../../model/failure.ts'
import type { StepId } from '../../model/ids.ts'
import type { StepRecord } from '../../model/step.ts'
import { renewals } from '../planner/loop.ts'
import { restoration, undone } from '../planner/restoration.ts'
import type { Moment } from '../ports.ts'
import type { RunState } from '../state/run-state.ts'
import { advanceAll } from './advance.ts'
import { endAttempt, isInsideUnsafeEffect, mayCutOff } from './end-attempt.ts'
import type { Turn } from './turn.ts'
import { withdrawAll } from './withdraw.ts'

const sentBack: Failure = {
  class: 'crash',
  name: 'SentBack',
  message: 'the run was sent back to a checkpoint while the attempt was inside its effect: it is not known whether that happened',
  wayOut: 'look at the receiving side',
}

/**
 * Answers the steps that run again since they were compensated.
 * @throws Conflict while it is not known whether a compensation happened
 * @throws CorruptionFound where the checkpoint does not fit what is known of the run
 */
export function restore(turn: Turn, moment: Moment, why: string | null): readonly StepId[] {
  const { state } = turn
  assertCompensationsKnown(state)
  const left = state.record.branch
  const rows = [...moment.steps.filter(({ branch }) => branch !== left), ...state.history()]
  fence(turn)
  const onto = { branch: left + 1, generation: state.record.generation + 1 }
  const { passes, loops, forgiven } = restoration(state.graph, moment, rows, onto)
  const { number, branch: parent } = moment.checkpoint
  turn.emit({ type: 'run_restored', to: number, parent, ...onto, passes: [...passes], loops })
  turn.branch = { parent, from: number, why }
  for (const step of forgiven) turn.noteFact(step)
  const again = undone(state.graph, passes, rows)
  for (const step of again) renew(turn, step)
  turn.checkpoint('step_start', null, why)
  advanceAll(turn)
  return again
}

/** Whether its step is to run again hangs on it, and nobody could be asked once the branch is left. */
function assertCompensationsKnown(state: RunState): void {
  const { record } = state
  const inside = state.attempts().find((attempt) => attempt.phase === 'compensate' && isInsideUnsafeEffect(state, attempt))
  if (inside !== undefined) {
    throw new Conflict(`the compensation of ${inside.step} is inside its effect: go back once it has ended`, record)
  }
  const asked = state.decisions().find((decision) => decision.kind === 'in_doubt' && state.pass(decision).status === 'completed')
  if (asked !== undefined) {
    throw new Conflict(`it is not known whether the compensation of ${asked.step} happened: decide that first`, record)
  }
}

/** Nothing of the branch that the run leaves goes on. */
function fence(turn: Turn): void {
  const { state } = turn
  for (const attempt of [...state.attempts()]) {
    if (mayCutOff(turn, attempt)) {
      endAttempt(turn, attempt, { status: 'superseded', failure: null, counts: false })
      continue
    }
    const { step, iteration } = attempt
    endAttempt(turn, attempt, { status: 'in_doubt', failure: sentBack, counts: false })
    turn.emit({ type: 'step_in_doubt', step, iteration, failure: sentBack })
  }
  withdrawAll(turn)
  for (const pass of [...state.underWay()]) leave(turn, pass)
}

function leave(turn: Turn, { step, iteration, status }: StepRecord): void {
  if (status === 'completed') turn.emit({ type: 'compensation_settled', step, iteration, as: 'given_up' })
  else if (status !== 'in_doubt') turn.emit({ type: 'step_superseded', step, iteration })
}

/** Unless a step that it needs was renewed before it, and it with that. */
function renew(turn: Turn, step: StepId): void {
  if (turn.state.step(step).status !== 'completed') return
  for (const { step: each, iteration } of renewals(turn.state, step)) {
    turn.emit({ type: 'step_renewed', step: each, iteration: iteration + 1 })
  }
}
