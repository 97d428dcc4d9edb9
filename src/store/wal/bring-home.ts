import Database from 'better-sqlite3'
import { faultOf } from '../sqlite/fault.ts'

/** Copies what the WAL holds into the file without holding up whoever reads or writes. @throws StorageFailed */
export function bringHome(file: string): void {
  try {
    copy(file)
  } catch (error) {
    throw faultOf(file, error) ?? error
  }
}

function copy(file: string): void {
  const db = new Database(file, { fileMustExist: true })
  try {
    db.pragma('synchronous = FULL')
    db.pragma('wal_checkpoint(PASSIVE)')
  } finally {
    // The last connection to close copies all of it; this one is never the last.
    db.close()
  }
}
