import { z } from 'zod'
import { LoopRules } from './loop-rules.ts'
import { duration, size } from './spelled.ts'
import { StepTimeouts, Timeouts } from './timeouts.ts'

/** What is looked for in runs. What a `.describe` says stands in docs/CONFIGURATION.md and in the console. */
export const Detection = z
  .object({
    loops: LoopRules.prefault({}),
    timeouts: Timeouts.prefault({}),
    processor: duration({ least: '100ms', most: '7d', like: '10m' })
      .nullable()
      .default(null)
      .describe(
        'How much processor time an attempt at a step of code may take: it has a process to itself then, and is ended beyond that. `wait_for_resource` lets it take more. Where nothing is said, whatever has a process to itself may take 30m.',
      ),
    memory: size({ least: '128MB', most: '1TB', like: '256MB' })
      .nullable()
      .default(null)
      .describe(
        'How much memory the process of an attempt at a step of code may take: one is made for it alone then, two of them at a time, and it is ended beyond that. `wait_for_resource` lets it take more. Where nothing is said, a process may take 512 MB.',
      ),
  })
  .describe('What is taken to be wrong with a run, or with a step.')
export type Detection = z.infer<typeof Detection>

/** What of it can be said of a step. */
export const StepDetection = Detection.extend({ timeouts: StepTimeouts.prefault({}) }).describe('What is taken to be wrong with a step.')
