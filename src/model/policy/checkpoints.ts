import { z } from 'zod'

export const Checkpoints = z
  .enum(['defined', 'after', 'around'])
  .describe(
    'When checkpoints are taken by themselves: `after` each step, or `around` it, before it starts as well. `defined` leaves it to the definition of the workflow, which takes them after each step where it says nothing.',
  )
export type Checkpoints = z.infer<typeof Checkpoints>
