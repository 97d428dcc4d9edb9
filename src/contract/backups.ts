import { z } from 'zod'
import { Backup, BackupProgress } from '../model/backup.ts'
import { Instant } from '../model/ids.ts'
import { procedure, stream } from './procedure.ts'

const tags = ['backups']

export const BackupItem = z.discriminatedUnion('type', [
  ...BackupProgress.options,
  /** Always the last item. A stream that ends without it was cut off: the backup goes on all the same. */
  z.object({ type: z.literal('made'), backup: Backup }),
])
export type BackupItem = z.infer<typeof BackupItem>

/** A backup in the workspace's folder for them. */
export const BackupFile = z.object({ file: z.string(), bytes: z.int().nonnegative(), at: Instant })
export type BackupFile = z.infer<typeof BackupFile>

export const backups = {
  make: procedure
    .route({ method: 'POST', path: '/backups', tags, summary: 'Copy the store, verified, while runs go on' })
    .output(stream(BackupItem)),

  list: procedure
    .route({ method: 'GET', path: '/backups', tags, summary: "The backups in the workspace's folder, newest first" })
    .output(z.object({ backups: z.array(BackupFile) })),
}
