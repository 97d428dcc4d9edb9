import { z } from 'zod'
import { duration } from './spelled.ts'

export const TimeoutRules = z
  .object({
    factor: z.number().min(1.1).max(100).default(2).describe('How many times as long the timeout of the next attempt is.'),
    ceiling: duration({ least: '1s', most: '7d', like: '1h' }).default(3_600_000).describe('No timeout is made longer than this.'),
  })
  .describe('`longer_timeout`: how much more time an attempt is given that ran out of it.')
export type TimeoutRules = z.infer<typeof TimeoutRules>
