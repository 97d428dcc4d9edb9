import { z } from 'zod'
import { FailureClass } from '../failure.ts'
import { SavepointName } from '../savepoint-name.ts'
import { StrategyName } from '../recovery-strategy.ts'
import { ResourceRules } from './resource-rules.ts'
import { TimeoutRules } from './timeout-rules.ts'

const Rollback = z
  .object({
    to: SavepointName.nullable()
      .default(null)
      .describe('The savepoint to which `rollback` leads where the definition of a step names none. Without one it leads nowhere.'),
    max: z.int().min(1).max(100).default(1).describe('How often a run may be rolled back to it by itself.'),
  })
  .describe('Where the strategy `rollback` leads to.')

const Chain = z.array(StrategyName).max(20)

export const RecoveryRules = z
  .object({
    chain: Chain.default(['give_way', 'wait_for_resource', 'retry', 'fallback', 'skip', 'rollback', 'ask', 'fail']).describe(
      'What may be done about a failure, in the order in which it is looked at: the first that applies is taken, and the run fails where none does. `longer_timeout` is for timeouts alone, `wait_for_resource` for want of a resource, `give_way` for deadlocks; `dead_letter` queues the run for later, as it stands, and `restore_valid` is for damage alone: a run of which something is damaged goes back to the newest checkpoint that is whole.',
    ),
    chains: z
      .partialRecord(FailureClass, Chain)
      .default({})
      .describe('For failures of a class that are answered in another order, that order: `timeout: [longer_timeout, retry, fallback, skip, rollback, ask, fail]` gives more time to what is slow.'),
    limit: z
      .int()
      .min(0)
      .max(1_000_000)
      .default(100)
      .describe(
        'How often a run may recover by itself in all. From then on nothing is tried again: a person is asked, or the run fails, as the rest of its chain says. Whenever a person acts on the run, it begins anew.',
      ),
    longer_timeout: TimeoutRules.prefault({}),
    wait_for_resource: ResourceRules.prefault({}),
    rollback: Rollback.prefault({}),
    most_restarts: z
      .int()
      .min(0)
      .max(100)
      .default(2)
      .describe(
        'How often a run goes back by itself at most (`restart_from_checkpoint`, `restart`, `restore_valid`), until a person acts on it. What stands behind them in the chain is done then.',
      ),
  })
  .describe('What is done about what goes wrong.')
export type RecoveryRules = z.infer<typeof RecoveryRules>
