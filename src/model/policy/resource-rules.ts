import { z } from 'zod'
import { duration, size } from './spelled.ts'

export const ResourceRules = z
  .object({
    factor: z.number().min(1.1).max(100).default(2).describe('By how much more an attempt is let take than the one before it, and by how much longer each wait is.'),
    memory: size({ least: '32MB', most: '1TB', like: '2GB' })
      .default(2_000_000_000)
      .describe('No attempt is let have more memory, however often it ran out of it.'),
    processor: duration({ least: '1s', most: '7d', like: '2h' })
      .default(7_200_000)
      .describe('No attempt is let have more processor time.'),
    tries: z
      .int()
      .min(1)
      .max(1_000)
      .default(6)
      .describe('How often a step is tried in all that waits for a rate limit, or for room on a disk, where it does not say itself how often it is tried.'),
    initial: duration({ least: '10ms', most: '1h', like: '2s' }).default(2_000).describe('How long it waits first, where the receiver does not say.'),
    longest: duration({ least: '10ms', most: '24h', like: '5m' }).default(300_000).describe('How long it waits at most by itself.'),
    patience: duration({ least: '0s', most: '7d', like: '1h' })
      .default(3_600_000)
      .describe('How long a receiver may ask to be left alone. Where it asks for longer, it is not waited for.'),
  })
  .describe('`wait_for_resource`: how much more an attempt is let take that ran out of memory or processor time, and how other lacks are waited out.')
export type ResourceRules = z.infer<typeof ResourceRules>
