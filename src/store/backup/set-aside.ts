/** A store that another is to take the place of: what belongs to it stays together, under another name. */
import { constants, existsSync } from 'node:fs'
import { copyFile, link, rename, rm } from 'node:fs/promises'
import { join, parse } from 'node:path'
import Database from 'better-sqlite3'
import { StorageFailed } from '../../model/storage-errors.ts'
import { faultOf } from '../sqlite/fault.ts'
import { Checkpointed } from '../wal/wal-keeper.ts'

/** How long whoever reads the store has to be done, in milliseconds. */
const patience = 2_000

/** What SQLite may have left beside a store that is a part of it: beside another store it would be taken for a part of that. */
const besides = ['-wal', '-journal'] as const

/** A file in the folder that is called so, or like it where that, or a part of it, is there. */
export function unused(folder: string, file: string): string {
  const { name, ext } = parse(file)
  let path = join(folder, file)
  for (let number = 2; ['', ...besides].some((part) => existsSync(`${path}${part}`)); number += 1) path = join(folder, `${name}-${number}${ext}`)
  return path
}

/**
 * Gives the store a second name, under which it stays whole once the first is another's. What could not be brought home goes along,
 * also where the store itself is gone.
 */
export async function setAside(store: string, aside: string): Promise<void> {
  if (existsSync(store)) await link(store, aside).catch(() => copyFile(store, aside, constants.COPYFILE_EXCL))
  for (const part of besides) if (existsSync(`${store}${part}`)) await rename(`${store}${part}`, `${aside}${part}`)
  await rm(`${store}-shm`, { force: true })
}

/** The store that was to be replaced is there still: it has its name alone again, and what is beside it. */
export async function takeBack(store: string, aside: string): Promise<void> {
  for (const part of besides) if (existsSync(`${aside}${part}`)) await rename(`${aside}${part}`, `${store}${part}`)
  await rm(aside, { force: true })
}

/** Copies all that its WAL holds into a store. @throws StorageFailed where it cannot be done now, and might be later; a disk that fails may keep it from being done at all */
export function emptyWal(store: string): void {
  try {
    const db = new Database(store, { fileMustExist: true, timeout: patience })
    try {
      const [busy, log, checkpointed] = Checkpointed.parse(db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').raw().get())
      // Where somebody else is copying it, SQLite knows neither number.
      if (busy !== 0 && (log < 0 || log !== checkpointed)) throw new StorageFailed(`${store} cannot be set aside: another process reads it: close whatever else has it open`, { fault: 'held' })
    } finally {
      db.close()
    }
  } catch (error) {
    const fault = faultOf(store, error)
    if (fault?.fault !== 'failing') throw fault ?? error
  }
}
