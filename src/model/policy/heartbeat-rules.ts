import { z } from 'zod'
import { duration } from './spelled.ts'

export const HeartbeatRules = z
  .object({
    keep_every: duration({ least: '1s', most: '1h', like: '30s' })
      .default(30_000)
      .describe('What an attempt says with `heartbeat` is kept at most so often: where the host dies, that much of it may be lost.'),
  })
  .describe('How long steps leave behind what their next attempt goes on from.')
export type HeartbeatRules = z.infer<typeof HeartbeatRules>
