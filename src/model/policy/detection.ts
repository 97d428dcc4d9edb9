import { z } from 'zod'
import { LoopRules } from './loop-rules.ts'
import { duration } from './spelled.ts'

/** What is looked for in runs. What a `.describe` says stands in docs/CONFIGURATION.md and in the console. */
export const Detection = z
  .object({
    loops: LoopRules.prefault({}),
    processor: duration({ least: '100ms', most: '7d', like: '10m' })
      .nullable()
      .default(null)
      .describe(
        'How much processor time an attempt at a step of code may take: it has a process to itself then, and is ended beyond that. `wait_for_resource` lets it take more. Where nothing is said, whatever has a process to itself may take 30m.',
      ),
  })
  .describe('What is taken to be wrong with a run, or with a step.')
export type Detection = z.infer<typeof Detection>
