import { z } from 'zod'
import { BackupFile } from '../backups.ts'

/** What can be done about a workspace that cannot be opened: only look at it, bring a backup back, name the key's file, encrypt it, open another, try again. */
export const WayOn = z.enum(['look', 'bring_back', 'key_file', 'encrypt', 'elsewhere', 'again'])
export type WayOn = z.infer<typeof WayOn>

/** Why a workspace is not open. The message is for a person, and the code for whoever started the program. */
export const Refusal = z.object({
  workspace: z.string(),
  message: z.string(),
  exitCode: z.int(),
  ways: z.array(WayOn),
  /** Those in the workspace's folder for them, newest first. */
  backups: z.array(BackupFile),
})
export type Refusal = z.infer<typeof Refusal>

/** What the person chose. Which backup, or which workspace, is asked of them where it is not said. */
export const Choice = z.discriminatedUnion('way', [
  z.strictObject({ way: z.enum(['look', 'key_file', 'encrypt', 'elsewhere', 'again']) }),
  z.strictObject({ way: z.literal('bring_back'), file: z.string().nullable() }),
])
export type Choice = z.infer<typeof Choice>
