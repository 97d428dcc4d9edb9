import { isFinished } from '../planner/readiness.ts'
import { goesForward, standing } from '../planner/status.ts'
import { breakStandstill } from './break-standstill.ts'
import { letGo } from './hold.ts'
import type { Turn } from './turn.ts'

/** Ends a turn: the run completes where nothing is left, does not stand still for good, its status follows from its steps, and a checkpoint is taken. */
export function conclude(turn: Turn): void {
  const { state } = turn
  if (goesForward(state.record) && isFinished(state)) completeRun(turn)
  else breakStandstill(turn)
  letGo(turn)
  turn.close()
  const { status, waiting } = standing(state)
  if (status !== state.record.status || waiting !== state.record.waiting) {
    turn.emit({ type: 'run_moved', to: status, waiting })
  }
}

function completeRun(turn: Turn): void {
  for (const { step, iteration, status } of turn.state.present()) {
    if (status === 'pending') turn.emit({ type: 'step_skipped', step, iteration, reason: 'unused', failure: null })
  }
  turn.emit({ type: 'run_moved', to: 'completed', waiting: null })
}
