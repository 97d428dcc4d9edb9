import { z } from 'zod'
import { StepId } from './ids.ts'

/** A circle that a run goes round in. */
export const Cycle = z.object({
  /**
   * `pattern`: the same steps came to the same, in the same order, over and over. `state`: what every step came to last was the
   * same again, whatever lay between.
   */
  by: z.enum(['pattern', 'state']),
  /** The steps of one time round, in the order in which they completed; as many as its period. */
  steps: z.array(StepId).min(1),
  /** How often that has come. */
  repeats: z.int().min(2),
  /** The pass with which it came for the first of these times. */
  since: z.object({ step: StepId, iteration: z.int().min(1) }),
  /** Where the run was to be sent back to once more. */
  to: StepId,
})
export type Cycle = z.infer<typeof Cycle>
