import { advance } from '../turn/advance.ts'
import { waitingPrimary } from '../planner/stand-in.ts'
import type { Strategy } from './strategy.ts'

/** An optional step is left out, and what needs it goes on. Left out, a stand-in has not stood in. */
export const skip: Strategy = {
  isLast: true,
  plan({ state, record }) {
    if (!state.manifest(record.step).optional) return { not: 'it is not optional' }
    return { why: 'it is optional', until: null, to: null }
  },
  carryOut(turn, record, failure, _plan, { withoutStandIn }) {
    const { step, iteration } = record
    const primary = waitingPrimary(turn.state, record)
    turn.emit({ type: 'step_skipped', step, iteration, reason: 'optional', failure })
    if (primary === undefined) advance(turn, turn.state.graph.dependents.get(step) ?? [])
    else withoutStandIn(primary, failure)
  },
}
