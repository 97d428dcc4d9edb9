import { z } from 'zod'

export const ThrottleRules = z
  .object({
    enabled: z.boolean().default(true).describe('Whether fewer steps reach at once what answers that it is too much.'),
    stretch: z
      .int()
      .min(1)
      .max(10_000)
      .default(10)
      .describe('So many answers one after the other, none of which says that it is too much, let one more go on at once.'),
    least: z.int().min(1).max(1_000_000).default(1).describe('So many may go on at once, however often it is too much.'),
  })
  .describe(
    'How many attempts of a workflow reach at once what has answered that it is too much (a failure of the class `resource` that it answers with: a rate limit, a spent quota, as many connections as there may be). Each such answer halves it.',
  )
export type ThrottleRules = z.infer<typeof ThrottleRules>
