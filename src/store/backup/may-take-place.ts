import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import Database from 'better-sqlite3'
import { faultOf } from '../sqlite/fault.ts'

const magic = 'SQLite format 3\0'

/** Where a database's header says whether it is written with a WAL beside it: 2 if so. */
const writtenBy = 18

/**
 * Whether a backup may be written under that name: nothing stands there, or an older backup. A store that is in use is none:
 * it is written with a WAL, and a backup without.
 * @throws StorageFailed where nobody can tell, since this user may not look
 */
export function mayTakePlaceOf(file: string): boolean {
  const beginning = beginningOf(file)
  if (beginning === undefined) return true
  if (beginning.length <= writtenBy || beginning.toString('latin1', 0, magic.length) !== magic || beginning[writtenBy] !== 1) return false
  return isOurs(file)
}

/** Undefined where there is no such file; empty where it is no file. */
function beginningOf(file: string): Buffer | undefined {
  let handle: number
  try {
    handle = openSync(file, 'r')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    const fault = faultOf(file, error)
    if (fault !== undefined) throw fault
    return Buffer.alloc(0)
  }
  try {
    if (!fstatSync(handle).isFile()) return Buffer.alloc(0)
    const bytes = Buffer.alloc(100)
    return bytes.subarray(0, readSync(handle, bytes))
  } finally {
    closeSync(handle)
  }
}

function isOurs(file: string): boolean {
  try {
    const db = new Database(file, { readonly: true })
    try {
      return db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'journal'").get() !== undefined
    } finally {
      db.close()
    }
  } catch {
    return false
  }
}
