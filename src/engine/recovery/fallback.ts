import { lacksNeeds } from '../planner/readiness.ts'
import { advance } from '../turn/advance.ts'
import type { Strategy } from './strategy.ts'

/** The step that stands in has its turn: once in each iteration, and only if what it needs is there. */
export const fallback: Strategy = {
  plan({ state, record }) {
    const to = state.manifest(record.step).fallback
    if (to === null) return { not: 'no step stands in for it' }
    if (state.step(to).status !== 'pending') return { not: `${to} has had its turn` }
    if (lacksNeeds(state, to)) return { not: `${to} lacks what it needs` }
    return { why: `${to} stands in for it`, until: null, to }
  },
  carryOut(turn, { step, iteration }, failure, { to }) {
    turn.emit({ type: 'step_waiting', step, iteration, for: 'fallback', until: null, failure })
    if (to !== null) advance(turn, [to])
  },
}
