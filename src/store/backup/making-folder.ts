/**
 * The folder that a backup is made in, beside the name that it is to have. Two that are made at once do not meet, and what nobody is
 * making any more can be told from what somebody is.
 *
 * Invariants:
 * 1. Whoever makes a backup holds the lock in its folder for as long as that takes. The kernel frees it, whatever the death.
 * 2. `locked` is written once the lock is held: beside it, a lock that is free is of somebody who is dead. A folder without both is about
 *    to be locked, or somebody else's that is called alike, and stays.
 * 3. The lock and `locked` go after the backup: a removal that is killed is taken up by the next. What has another name stays, and the
 *    folder with it.
 */
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm, rmdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { StorageFailed } from '../../model/storage-errors.ts'
import { lockFile } from '../sqlite/file-lock.ts'

/** Comes after the name that the backup is to have; what tells two folders apart comes after it. */
const infix = '.new-'
const isMaking = /\.new-[A-Za-z0-9]{6}$/
/** The backup, and what SQLite may have left beside it. */
const halves = ['store.db', 'store.db-wal', 'store.db-shm', 'store.db-journal'] as const
const lock = 'lock.db'
const locked = 'locked'

/** Has a backup made under a name in a folder of its own, which is gone afterwards. @throws StorageFailed, what the system says, and what `make` throws */
export async function inMakingFolder<T>(to: string, make: (file: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(`${to}${infix}`)
  let release: (() => void) | null = null
  try {
    release = lockFile(join(folder, lock))
    if (release === null) throw new StorageFailed(`${to} cannot be made: another process holds ${folder}: make it again`, { fault: 'held' })
    await writeFile(join(folder, locked), '')
    return await make(join(folder, halves[0]))
  } finally {
    release?.()
    await removeMaking(folder)
  }
}

/** Removes what backups that were killed have left in a folder. */
export async function removeAbandoned(folder: string): Promise<void> {
  for (const making of await makingIn(folder)) if (isAbandoned(making)) await removeMaking(making)
}

/** The files of backups that are being made in a folder, or were being made when they were killed. */
export async function halvesIn(folder: string): Promise<string[]> {
  const all = (await makingIn(folder)).flatMap((making) => halves.map((name) => join(making, name)))
  return all.filter((file) => existsSync(file))
}

async function makingIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  return entries.filter((entry) => entry.isDirectory() && isMaking.test(entry.name)).map(({ name }) => join(folder, name))
}

/** Nobody takes the lock again: a folder is one backup's. */
function isAbandoned(making: string): boolean {
  if (![lock, locked].every((name) => existsSync(join(making, name)))) return false
  try {
    const release = lockFile(join(making, lock))
    release?.()
    return release !== null
  } catch {
    return false
  }
}

/** What cannot be removed is in nobody's way: the next tries again, or another process that removes it, too, has been faster. */
async function removeMaking(making: string): Promise<void> {
  const remove = async (): Promise<void> => {
    for (const name of [...halves, lock, locked]) await rm(join(making, name), { force: true })
    await rmdir(making)
  }
  await remove().catch(() => undefined)
}
