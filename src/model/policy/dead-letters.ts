import { z } from 'zod'
import { duration } from './spelled.ts'

export const DeadLetters = z
  .object({
    most: z
      .int()
      .min(0)
      .max(1_000_000)
      .default(10_000)
      .describe(
        'How many dead letters there may be. Nothing is taken out of the queue to make room: what fails while it is full is dealt with as what stands behind `dead_letter` in its chain says, so that a person is asked or the run fails, and its error says why.',
      ),
    at_once: z.int().min(1).max(100).default(4).describe('How many dead letters a drain has going at once: the next one begins once it is known what became of one of them.'),
    every: duration({ least: '1ms', most: '1h', like: '1s' })
      .default(250)
      .describe('How long a drain waits from the beginning of one to that of the next, so that what they all reach is not run over.'),
  })
  .describe('The dead-letter queue, and how it is drained: runs that `dead_letter` in a chain has queued for later.')
export type DeadLetters = z.infer<typeof DeadLetters>
