import { retryAt, whyRetried } from '../planner/failure.ts'
import type { Strategy } from './strategy.ts'

/** The step is tried again after its backoff, as often as it says. */
export const retry: Strategy = {
  plan({ state, record, failure, chance }) {
    const policy = state.manifest(record.step).retry
    const until = retryAt(policy, failure, record.tries, chance)
    const why = whyRetried(policy, failure, record.tries)
    return until === undefined ? { not: why } : { why, until, to: null }
  },
  carryOut(turn, { step, iteration }, failure, { until }) {
    turn.emit({ type: 'step_waiting', step, iteration, for: 'backoff', until, failure })
  },
}
