import { z } from 'zod'
import { FailureClass } from '../failure.ts'
import { StrategyName } from '../recovery-strategy.ts'

const Chain = z.array(StrategyName).max(20)

export const RecoveryRules = z
  .object({
    chain: Chain.default(['retry', 'fallback', 'skip', 'ask', 'fail']).describe(
      'What may be done about a failure, in the order in which it is looked at: the first that applies is taken, and the run fails where none does.',
    ),
    chains: z
      .partialRecord(FailureClass, Chain)
      .default({})
      .describe('For failures of a class that are answered in another order, that order.'),
  })
  .describe('What is done about what goes wrong.')
export type RecoveryRules = z.infer<typeof RecoveryRules>
