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
    max_polls: z
      .int()
      .min(2)
      .max(10_000)
      .default(10_000)
      .describe('The same for a loop with a `wait` in it: it asks whether the world has changed, as often as its author lets it unless less is said here.'),
  })
  .describe('When a run is taken to go round in a circle.')
export type LoopRules = z.infer<typeof LoopRules>
