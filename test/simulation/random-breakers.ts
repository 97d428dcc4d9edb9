import { BreakerRules } from '../../src/model/policy/breaker-rules.ts'
import type { Policy } from '../../src/model/policy/policy.ts'
import type { Revision } from '../../src/model/revision.ts'
import type { Dice } from './dice.ts'

const dependencies = ['ledger', 'archive'] as const

/** Some steps name what they reach. */
export function withDependencies(dice: Dice, revision: Revision): Revision {
  const steps = revision.manifest.steps.map((step) => {
    const reaches = (step.kind === 'code' || step.kind === 'shell') && dice.percent(60)
    return reaches ? { ...step, dependency: dice.pick(dependencies) } : step
  })
  return { ...revision, manifest: { ...revision.manifest, steps } }
}

/** Breakers that open soon, and cool down while the life lasts. */
export function withBreakers(dice: Dice, policy: Policy): Policy {
  const breakers = BreakerRules.parse({ failures: dice.int(1, 3), within: '5m', cool_down: `${dice.int(1, 20)}s` })
  return { ...policy, usual: { ...policy.usual, breakers } }
}
