/** Backups of a workspace's store, and bringing one back: what needs no host that runs. */
import { systemClock } from '../effects/clock.ts'
import { systemRandomness } from '../effects/randomness.ts'
import type { Backup, BackupProgress } from '../model/backup.ts'
import { copyStore } from '../store/backup/copy-store.ts'
import { type PutBack, putBack } from '../store/backup/put-back.ts'
import { storePaths } from '../store/paths.ts'
import { assertWorkspace, own, startTrouble } from './own.ts'
import { userName } from './user-name.ts'
import { backupFile, stamp } from './workspace/backup-file.ts'
import { type KeySources, keyToRead } from './workspace/key.ts'
import { layoutOf } from './workspace/layout.ts'

type Told = (progress: BackupProgress) => void

/** Copies the store, whether a host has it open or not. @throws StartRefused where that cannot be done */
export async function backUp(workspace: string, file: string | undefined, told: Told): Promise<Backup> {
  const layout = layoutOf(workspace)
  assertWorkspace(layout)
  const to = file ?? backupFile(layout, systemClock.now())
  const key = await keyToRead(layout)
  return startTrouble(() => copyStore(storePaths(layout.root).store, to, { key, told, goOn: () => undefined }))
}

/** Puts a backup in the place of the store. @throws StartRefused where another process owns it, or the file does not do */
export async function bringBack(workspace: string, from: string, told: Told, keys?: KeySources): Promise<PutBack> {
  const layout = layoutOf(workspace)
  assertWorkspace(layout)
  const key = await keyToRead(layout, keys)
  const release = await startTrouble(async () => own(layout))
  try {
    const kept = `store-replaced-${stamp(systemClock.now())}.db`
    const actor = { kind: 'person' as const, name: userName() }
    return await startTrouble(() => putBack({ workspace: layout.root, from, kept, actor, key, clock: systemClock, randomness: systemRandomness(), told }))
  } finally {
    release()
  }
}
