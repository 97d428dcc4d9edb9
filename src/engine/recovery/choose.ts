import { times } from '../../model/counted.ts'
import type { PassedOver } from '../../model/error-record.ts'
import type { StrategyName } from '../../model/recovery-strategy.ts'
import { chainOf } from './chain.ts'
import { strategies } from './registry.ts'
import type { NotThis, Remedy, Situation, Strategy } from './strategy.ts'

/**
 * The first strategy of the chain of the failure's class that is for this; `after` leaves out those up to one that has just not
 * helped. Where none is, the run fails. Each strategy is bounded by itself, and all that have something run are bounded together by
 * the run's limit, so that a chain, whatever its order, comes to an end.
 */
export function chooseRemedy(situation: Situation, after?: StrategyName): Remedy {
  const { failure } = situation
  const chain = chainOf(situation.rules, failure)
  const passedOver: PassedOver[] = []
  for (const strategy of [...chain.slice(after === undefined ? 0 : chain.indexOf(after) + 1), 'fail' as const]) {
    const { only = failure.class } = strategies[strategy]
    if (only !== failure.class) continue
    const plan = overLimit(strategies[strategy], situation) ?? strategies[strategy].plan(situation)
    if ('why' in plan) return { ...plan, strategy, passedOver }
    passedOver.push({ strategy, why: plan.not })
  }
  throw new Error('the last resort is always there')
}

/** Why it is not taken any more, where the run has recovered by itself as often as it may. */
export function overLimit({ isLast }: Strategy, { state, rules }: Pick<Situation, 'state' | 'rules'>): NotThis | undefined {
  const { recoveries } = state.record
  if (isLast === true || recoveries < rules.limit) return undefined
  return { not: `the run has recovered ${times(recoveries)} by itself since a person acted on it, which is its limit` }
}
