import { writeDuration } from '../../model/duration.ts'
import { tryAtOnce } from './try-at-once.ts'
import type { Strategy } from './strategy.ts'

/** The step is tried again with more time, as long as what policy lets it have is not reached. Each time it has more, so that this ends. */
export const longerTimeout: Strategy = {
  only: 'timeout',
  plan({ failure: { exceeded }, rules }) {
    if (exceeded?.of !== 'time') return { not: 'it did not run out of its time' }
    const { factor, ceiling } = rules.longer_timeout
    const { limit } = exceeded
    if (limit >= ceiling) return { not: `it had ${writeDuration(limit)}, and no timeout is made longer than ${writeDuration(ceiling)}` }
    const timeout = Math.min(ceiling, Math.max(limit + 1, Math.ceil(limit * factor)))
    return { why: `it had ${writeDuration(limit)}, and has ${writeDuration(timeout)} now`, until: null, to: null, allowance: { timeout } }
  },
  carryOut: tryAtOnce,
}
