import { z } from 'zod'

export const LoopRules = z
  .object({
    window: z.int().min(2).max(10_000).default(200).describe('How many of the newest passes are looked at.'),
    max_repeats: z
      .int()
      .min(2)
      .max(1_000)
      .default(3)
      .describe('How often in a row the same steps may come in the same order, or the same state come back, before the run is stopped.'),
  })
  .describe('When a run is taken to go round in a circle.')
export type LoopRules = z.infer<typeof LoopRules>
