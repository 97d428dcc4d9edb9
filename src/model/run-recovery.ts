/** What is done about a run that has failed, once a person asks for it. */
import { z } from 'zod'
import { Preview } from './preview.ts'
import { RunStrategy } from './recovery-strategy.ts'

/** What policy recommends, and what that leads to: told before it is done (law 8). */
export const RunRecovery = z.object({
  strategy: RunStrategy,
  /** Why it is this one, in words. */
  why: z.string(),
  /** What stood before it, and why it was not that. */
  passedOver: z.array(z.object({ strategy: RunStrategy, why: z.string() })),
  preview: Preview,
})
export type RunRecovery = z.infer<typeof RunRecovery>
