import { z } from 'zod'
import { duration } from './spelled.ts'

export const BreakerRules = z
  .object({
    enabled: z.boolean().default(true).describe('Whether steps are held back at all from what fails again and again.'),
    failures: z
      .int()
      .min(1)
      .max(10_000)
      .default(5)
      .describe('So many failures of whatever steps of a workflow reach (no answer, or none in time) open the breaker of that.'),
    within: duration({ least: '1s', most: '24h', like: '1m' }).default(60_000).describe('The failures are counted that are not longer ago than this.'),
    cool_down: duration({ least: '10ms', most: '24h', like: '30s' })
      .default(30_000)
      .describe('How long an open breaker holds everything back before it lets one attempt through, to see whether it goes better.'),
  })
  .describe('When steps are held back from a dependency of their workflow that fails again and again: the host and port of a request or of the mail server, or what a step names as its `dependency`.')
export type BreakerRules = z.infer<typeof BreakerRules>
