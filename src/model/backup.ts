import { z } from 'zod'

/** A copy of a store as it was at one moment, verified. */
export const Backup = z.object({
  file: z.string(),
  bytes: z.int().nonnegative(),
  /** The position at which its journal ends. */
  position: z.int().nonnegative(),
})
export type Backup = z.infer<typeof Backup>

/** How far a backup has come. */
export const BackupProgress = z.discriminatedUnion('type', [
  z.object({ type: z.literal('copied'), pages: z.int().nonnegative(), of: z.int().nonnegative() }),
  z.object({ type: z.literal('verifying') }),
])
export type BackupProgress = z.infer<typeof BackupProgress>
