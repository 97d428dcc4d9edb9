import type { Failure } from '../../model/failure.ts'
import type { RecoveryRules } from '../../model/policy/recovery-rules.ts'
import type { StrategyName } from '../../model/recovery-strategy.ts'

/** What policy has done about failures of that class, in its order. */
export function chainOf(rules: RecoveryRules, failure: Failure): readonly StrategyName[] {
  return rules.chains[failure.class] ?? rules.chain
}
