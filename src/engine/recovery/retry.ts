import { whyAgain } from '../planner/comes-again.ts'
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
  ofRun({ state, failure, failed }) {
    const again = whyAgain(failure.class)
    if (again !== undefined) return { not: again }
    const what = failed === null ? 'what had not completed runs again' : `${failed.step} runs again`
    return { checkpoint: state.record.head, why: `${what}, and what has completed and was not taken back stays` }
  },
}
