/** Backups of a workspace's store, and bringing one back: what needs no host that runs. */
import { existsSync, realpathSync, statSync } from 'node:fs'
import { dirname, isAbsolute, relative, sep } from 'node:path'
import { systemClock } from '../effects/clock.ts'
import { systemRandomness } from '../effects/randomness.ts'
import type { Backup, BackupProgress } from '../model/backup.ts'
import { copyStore } from '../store/backup/copy-store.ts'
import { mayTakePlaceOf } from '../store/backup/may-take-place.ts'
import { type PutBack, putBack } from '../store/backup/put-back.ts'
import { isPlain, keyringIn } from '../store/crypt/peek.ts'
import type { WorkspaceKey } from '../store/crypt/workspace-key.ts'
import { storePaths } from '../store/paths.ts'
import { aboutDamage, aboutGiven, assertFolder, lookedAt } from './backup-refused.ts'
import { FileRefused } from './file-refused.ts'
import { assertWorkspace, own, startTrouble } from './own.ts'
import { userName } from './user-name.ts'
import { backupFile, replacedName } from './workspace/backup-file.ts'
import { assertInReach, keyFor, type KeySources, settingsToRead, wantsEncryption } from './workspace/key.ts'
import { type Layout, layoutOf } from './workspace/layout.ts'
import { forgetUserAnchor } from './workspace/user-anchor.ts'

type Told = (progress: BackupProgress) => void

export interface NamedFile {
  /** Undefined for one beside those of before, by its time. */
  readonly file: string | undefined
  /** Whether it may take the place of a backup that is called so. */
  readonly overwrite: boolean
}

/**
 * Copies the store, whether a host has it open or not.
 * @throws FileRefused where something has that name that it is not to take the place of, StartRefused where it cannot be done
 */
export async function backUp(workspace: string, { file, overwrite }: NamedFile, told: Told): Promise<Backup> {
  const layout = layoutOf(workspace)
  assertWorkspace(layout)
  assertInReach(layout, undefined, 'back it up there, on the screen Integrity')
  const to = file ?? backupFile(layout, systemClock.now())
  if (file !== undefined) assertFolder(dirname(to))
  if (!lookedAt(to, () => mayTakePlaceOf(to))) throw new FileRefused(`${to} is there, and is no backup: name another file`)
  if (existsSync(to) && !overwrite) throw new FileRefused(`${to} is a backup already: name another file, or --overwrite puts this one in its place`)
  if (file !== undefined && belongsToStore(layout, file)) throw new FileRefused(`${file} is among the files of the store: name another place, or one in ${layout.backups}`)
  const key = await keyFor(layout, settingsToRead(layout))
  try {
    return await startTrouble(layout, () => copyStore(storePaths(layout.root).store, to, { key, told, goOn: () => undefined }))
  } catch (error) {
    throw aboutDamage(error, layout)
  }
}

/** A file beside the store may be taken for a part of it. The folder of `file` is there. */
function belongsToStore(layout: Layout, file: string): boolean {
  const folder = realpathSync(dirname(file))
  return isWithin(layout.private, folder) && !isWithin(layout.backups, folder)
}

function isWithin(outer: string, folder: string): boolean {
  if (!existsSync(outer)) return false
  const way = relative(realpathSync(outer), folder)
  return way.split(sep)[0] !== '..' && !isAbsolute(way)
}

export interface BroughtBack extends PutBack {
  /** What is in use now is not encrypted, and what was replaced is. */
  readonly laidOpen: boolean
}

/**
 * Puts a backup in the place of the store.
 * @throws FileRefused where there is no such file, or the settings ask for encryption and it is not encrypted, StartRefused where another process owns the store, or the backup does not do
 */
export async function bringBack(workspace: string, from: string, told: Told, keys?: KeySources): Promise<BroughtBack> {
  const layout = layoutOf(workspace)
  assertWorkspace(layout)
  if (lookedAt(from, () => statSync(from, { throwIfNoEntry: false }))?.isFile() !== true) throw new FileRefused(`${from} is no file: name a backup`)
  assertInReach(layout, keys, 'bring it back there, on the screen Integrity')
  const settings = settingsToRead(layout)
  const release = await startTrouble(layout, async () => own(layout))
  try {
    const { store } = storePaths(layout.root)
    let laidOpen = false
    const keyOf = async (copy: string): Promise<WorkspaceKey | null> => {
      const plain = isPlain(copy)
      if (plain && wantsEncryption(layout)) throw laysOpen(layout, from)
      laidOpen = plain && keyringIn(store) !== null
      return keyFor(layout, settings, keys, copy)
    }
    const kept = replacedName(systemClock.now())
    const actor = { kind: 'person' as const, name: userName() }
    const takes = (): void => forgetUserAnchor(layout.root)
    const done = await startTrouble(layout, () => putBack({ workspace: layout.root, from, kept, actor, keyOf, clock: systemClock, randomness: systemRandomness(), told, takes }))
    return { ...done, laidOpen }
  } catch (error) {
    throw aboutGiven(error, from, layout)
  } finally {
    release()
  }
}

/** Nobody would open what is there then, and what stands in it would be for all to read. */
function laysOpen({ config }: Layout, from: string): FileRefused {
  const wayOut = 'name an encrypted one; or turn that off, bring this one back, turn it on again and give its key, and encrypt the store with cairn encrypt'
  return new FileRefused(`${from} is not encrypted, and store.encryption is on in ${config}: ${wayOut}`)
}
