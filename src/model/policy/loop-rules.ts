import { z } from 'zod'

/** When a run is taken to go round in a circle. */
export const LoopRules = z.object({
  /** How many of the newest passes are looked at. */
  window: z.int().min(2).max(10_000).default(200),
  /** How often in a row the same steps may come in the same order, or the same state come back, before the run is stopped. */
  max_repeats: z.int().min(2).max(1_000).default(3),
})
export type LoopRules = z.infer<typeof LoopRules>
