import type { PassedOver } from '../../model/error-record.ts'
import type { StrategyName } from '../../model/recovery-strategy.ts'
import { strategies } from './registry.ts'
import type { Remedy, Situation } from './strategy.ts'

/**
 * The first strategy of the chain of the failure's class that is for this; `after` leaves out those up to one that has just not
 * helped. Where none is, the run fails. Each strategy is bounded by itself, so that a chain, whatever its order, comes to an end.
 */
export function chooseRemedy(situation: Situation, after?: StrategyName): Remedy {
  const { rules, failure } = situation
  const chain = rules.chains[failure.class] ?? rules.chain
  const passedOver: PassedOver[] = []
  for (const strategy of [...chain.slice(after === undefined ? 0 : chain.indexOf(after) + 1), 'fail' as const]) {
    const plan = strategies[strategy].plan(situation)
    if ('why' in plan) return { ...plan, strategy, passedOver }
    passedOver.push({ strategy, why: plan.not })
  }
  throw new Error('the last resort is always there')
}
