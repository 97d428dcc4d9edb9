import { z } from 'zod'

/** What a person wants done about a workspace that is open, for which its host has to end and another opens it. */
export const Reopening = z.discriminatedUnion('way', [
  /** `from` is the fingerprint of the key that they saw. */
  z.strictObject({ way: z.literal('rotate_key'), from: z.string() }),
  z.strictObject({ way: z.literal('bring_back'), file: z.string() }),
])
export type Reopening = z.infer<typeof Reopening>
