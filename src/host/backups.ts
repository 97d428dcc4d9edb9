import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { BackupFile } from '../contract/backups.ts'
import type { Clock } from '../engine/ports.ts'
import type { Backups } from '../service/parts.ts'
import type { Store } from '../store/open-store.ts'
import type { Record } from './record.ts'
import { backupFile } from './workspace/backup-file.ts'
import type { Layout } from './workspace/layout.ts'

export interface BackupsParts {
  readonly layout: Layout
  readonly clock: Clock
  readonly store: Pick<Store, 'backUp'>
  readonly record: Record
}

/** Backups of a store that is open, in the workspace's folder for them; each is journaled. */
export function backupsOf({ layout, clock, store, record }: BackupsParts): Backups {
  return {
    async make(told) {
      const backup = await store.backUp(backupFile(layout, clock.now()), told)
      await record({ type: 'backup_made', backup })
      return backup
    },
    list: () => backupsIn(layout.backups),
  }
}

/** Newest first; a folder that is not there holds none. */
export async function backupsIn(folder: string): Promise<BackupFile[]> {
  const names = await readdir(folder).catch(() => [])
  const files = names.filter((name) => name.endsWith('.db')).map((name) => join(folder, name))
  const found = await Promise.all(files.map(backupAt))
  return found.filter((backup) => backup !== undefined).toSorted((one, other) => other.at - one.at)
}

/** Undefined where it has been removed since it was listed. */
async function backupAt(file: string): Promise<BackupFile | undefined> {
  const found = await stat(file).catch(() => undefined)
  return found === undefined ? undefined : { file, bytes: found.size, at: Math.floor(found.mtimeMs) }
}
