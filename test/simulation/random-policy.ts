import { Bulkhead, Limits, Resources } from '../../src/model/policy/coordination.ts'
import { type Policy, Rules, usualPolicy } from '../../src/model/policy/policy.ts'
import type { Dice } from './dice.ts'

/** What steps of random workflows use. */
export const resourceNames = ['smtp', 'license', 'lock'] as const

/** There is little of everything, or no bound at all. */
export function randomPolicy(dice: Dice): Policy {
  const sometimes = (chance: number, most: number): number | null => (dice.percent(chance) ? dice.int(1, most) : null)
  return {
    ...usualPolicy,
    usual: Rules.parse({ concurrency: { attempts: sometimes(20, 2) } }),
    resources: Resources.parse({ smtp: dice.int(1, 3), license: dice.int(2, 4) }),
    limits: Limits.parse({ runs: dice.percent(40) ? dice.int(1, 4) : 1_000, attempts: sometimes(40, 4), queued: dice.int(1, 8) }),
    bulkheads: { usual: Bulkhead.parse({ runs: sometimes(20, 2), attempts: sometimes(20, 3), share: dice.pick([0.5, 1]) }), workflows: new Map() },
  }
}
