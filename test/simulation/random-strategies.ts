import { ManualIntervention } from '../../src/model/policy/manual-intervention.ts'
import type { Policy } from '../../src/model/policy/policy.ts'
import { RecoveryRules } from '../../src/model/policy/recovery-rules.ts'
import type { StrategyName } from '../../src/model/recovery-strategy.ts'
import type { Dice } from './dice.ts'

const chains: readonly (readonly StrategyName[])[] = [
  ['give_way', 'wait_for_resource', 'retry', 'restart_from_checkpoint', 'fallback', 'skip', 'rollback', 'dead_letter', 'fail'],
  ['give_way', 'wait_for_resource', 'restart_from_checkpoint', 'restart', 'retry', 'fallback', 'skip', 'ask', 'fail'],
  ['give_way', 'retry', 'fallback', 'rollback', 'ask', 'restart', 'dead_letter', 'fail'],
  ['give_way', 'retry', 'fallback', 'dead_letter', 'fail'],
]

/** Each strategy stands in some chain; many a run may recover by itself only a few times, and a person has not for ever to answer. */
export function withStrategies(dice: Dice, policy: Policy): Policy {
  const recovery = RecoveryRules.parse({
    chain: dice.pick(chains),
    chains: { timeout: ['longer_timeout', ...dice.pick(chains)] },
    limit: dice.percent(50) ? 100 : dice.int(0, 6),
    most_restarts: dice.int(0, 3),
    longer_timeout: { ceiling: '6s' },
    wait_for_resource: { tries: dice.int(1, 4), initial: '100ms', longest: '2s', memory: '200MB' },
  })
  const intervention = ManualIntervention.parse({
    ask_for: dice.percent(40) ? ['transient', 'crash'] : [],
    deadline: dice.percent(50) ? `${dice.int(1, 30)}s` : null,
    at_deadline: dice.pick(['fail', 'skip', 'go_on']),
  })
  // The last throw of all: what the other settings of a seed are does not hang on it.
  const damage = dice.percent(50) ? { corruption: ['restore_valid', 'ask'] satisfies StrategyName[] } : {}
  const chained = { ...recovery, chains: { ...recovery.chains, ...damage } }
  return { ...policy, usual: { ...policy.usual, recovery: chained, manual_intervention: intervention } }
}
