/** Pages of a file that nothing is written in, and giving them back to the disk. */
import type Database from 'better-sqlite3'
import { StorageFailed } from '../../model/storage-errors.ts'
import { reading } from './reading.ts'

const incremental = 2

export function freePages(db: Database.Database): number {
  return Number(db.pragma('freelist_count', { simple: true }))
}

export function freeBytes(db: Database.Database): number {
  return freePages(db) * Number(db.pragma('page_size', { simple: true }))
}

/** What the file has come to, with what is still in its WAL alone. */
export function fileBytes(db: Database.Database): number {
  return Number(db.pragma('page_count', { simple: true })) * Number(db.pragma('page_size', { simple: true }))
}

/** Whether pages can be given back without the whole file being written anew. */
export function givesBack(db: Database.Database): boolean {
  return db.pragma('auto_vacuum', { simple: true }) === incremental
}

/** Gives up to so many pages back, those at the end of the file: what is written there moves to where nothing is. */
export function giveBack(db: Database.Database, pages: number): void {
  db.pragma(`incremental_vacuum(${pages})`)
}

/**
 * Writes the file anew, once, in a form of which pages can be given back. SQLite does it in one transaction: a kill leaves
 * the file as it was. It takes some seconds for each gigabyte, and that much room beside the file meanwhile. Where that room is not
 * there, the file stays as it is: bounds are set on a disk that is nearly full above all, and the store has to open there.
 * @throws CorruptionFound
 */
export function makeGiveBack(db: Database.Database, troubled: (what: string, error: unknown) => void): void {
  if (givesBack(db)) return
  db.pragma(`auto_vacuum = ${incremental}`)
  try {
    reading(db.name, () => db.exec('VACUUM'))
  } catch (error) {
    if (!(error instanceof StorageFailed)) throw error
    troubled('the store cannot be written anew, and gives no room back to the disk until a start at which it can', error)
  }
  reading(db.name, () => db.pragma('wal_checkpoint(TRUNCATE)'))
}
