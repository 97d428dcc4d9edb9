import { waitingPrimary } from '../planner/stand-in.ts'
import { close } from '../turn/close.ts'
import type { Strategy } from './strategy.ts'

/** The run ends, and what completed is compensated. A stand-in that fails has its primary's chain go on. */
export const fail: Strategy = {
  isLast: true,
  plan: () => ({ why: 'nothing else is left', until: null, to: null }),
  carryOut(turn, record, failure, _plan, { withoutStandIn }) {
    const { step, iteration } = record
    const primary = waitingPrimary(turn.state, record)
    const error = turn.state.errorOf(record, 'run')
    turn.emit({ type: 'step_failed', step, iteration, failure })
    if (primary === undefined) close(turn, { outcome: 'failed', failure }, { step, error: error?.id ?? null })
    else withoutStandIn(primary, failure)
  },
}
