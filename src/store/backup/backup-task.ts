/** What crosses to the thread that makes a backup, and back. Both ends are ours and are built together. */
import { z } from 'zod'
import type { Backup, BackupProgress } from '../../model/backup.ts'
import { WorkspaceKey } from '../crypt/workspace-key.ts'
import type { ReadFailure } from '../thread/protocol.ts'

export const BackupTask = z.object({ workspace: z.string(), file: z.string(), giveUp: z.instanceof(SharedArrayBuffer), key: WorkspaceKey.nullable() })
export type BackupTask = z.infer<typeof BackupTask>

/** The last word is `made` or `failed`. */
export type BackupWord =
  | BackupProgress
  | { readonly type: 'made'; readonly backup: Backup }
  | { readonly type: 'failed'; readonly failure: ReadFailure }
