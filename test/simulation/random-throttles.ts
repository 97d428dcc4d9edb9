import type { Policy } from '../../src/model/policy/policy.ts'
import { ThrottleRules } from '../../src/model/policy/throttle-rules.ts'
import type { Dice } from './dice.ts'

/** Throttles that a few answers raise. */
export function withThrottles(dice: Dice, policy: Policy): Policy {
  const throttles = ThrottleRules.parse({ stretch: dice.int(1, 3), least: dice.pick([1, 1, 2]) })
  return { ...policy, usual: { ...policy.usual, throttles } }
}
