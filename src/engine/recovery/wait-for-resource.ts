import { allowanceInWords, type Exceeded } from '../../model/allowance.ts'
import { writeDuration } from '../../model/duration.ts'
import type { ResourceRules } from '../../model/policy/resource-rules.ts'
import { backoff } from '../planner/backoff.ts'
import { allMade } from '../planner/failure.ts'
import type { NotThis, Plan, Situation, Strategy } from './strategy.ts'
import { tryAtOnce } from './try-at-once.ts'

/**
 * What took more memory or processor time than it may is let take more, in a process of its own, within what policy says. Any other
 * lack (a rate limit, a full disk) is waited out: for as long as the receiver asks, or as a backoff of this strategy's own.
 */
export const waitForResource: Strategy = {
  only: 'resource',
  plan(situation) {
    const { failure, rules } = situation
    return failure.exceeded === undefined ? waiting(situation) : raising(failure.exceeded, rules.wait_for_resource)
  },
  carryOut(turn, record, failure, plan, hands) {
    const { step, iteration } = record
    if (plan.until === null) tryAtOnce(turn, record, failure, plan, hands)
    else turn.emit({ type: 'step_waiting', step, iteration, for: 'backoff', until: plan.until, failure })
  },
}

function raising({ of, limit }: Exceeded, { factor, memory, processor }: ResourceRules): Plan | NotThis {
  if (of === 'time') return { not: 'what it lacked was time' }
  const ceiling = { memory, processor }[of]
  const words = (amount: number): string => allowanceInWords({ [of]: amount })
  if (limit >= ceiling) return { not: `it had ${words(limit)}, and nothing is let have more than ${words(ceiling)}` }
  const raised = Math.min(ceiling, Math.max(limit + 1, Math.ceil(limit * factor)))
  return { why: `it had ${words(limit)}, and has ${words(raised)} and a process of its own now`, until: null, to: null, allowance: { [of]: raised } }
}

/** Where the step says itself how it is tried again, that is its retry's matter. */
function waiting({ state, record, failure, rules, chance }: Situation): Plan | NotThis {
  const { tries, initial, factor, longest, patience } = rules.wait_for_resource
  if (state.manifest(record.step).retry !== null) return { not: 'its definition says how it is tried again' }
  const asked = failure.retryAfter ?? 0
  if (asked > patience) return { not: `it would have to wait for ${writeDuration(asked)}, and nothing waits for longer than ${writeDuration(patience)}` }
  if (record.tries >= tries) return { not: allMade(tries) }
  const pause = backoff({ attempts: tries, initial, factor, max: longest, jitter: 0.2 }, record.tries, chance.fraction)
  const why = asked > 0 ? 'whoever it reaches asks to be left alone until then' : 'what it lacks may be there again'
  return { why: `${why}, and ${record.tries} of ${tries} tries are made`, until: chance.now + Math.max(asked, pause), to: null }
}
