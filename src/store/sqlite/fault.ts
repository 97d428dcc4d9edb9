import Database from 'better-sqlite3'
import { StorageFailed, type StorageFault } from '../../model/storage-errors.ts'

/**
 * What the system or SQLite says, by the beginning of its code: the longest that fits counts. A code that is not here is
 * none of the file's faults.
 */
const faults: Readonly<Record<string, StorageFault>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EFBIG: 'full',
  EROFS: 'read_only',
  EACCES: 'forbidden',
  EPERM: 'forbidden',
  EIO: 'failing',
  EBUSY: 'held',
  ENOENT: 'gone',
  ENOTDIR: 'gone',
  SQLITE_FULL: 'full',
  SQLITE_READONLY: 'read_only',
  SQLITE_READONLY_DBMOVED: 'gone',
  SQLITE_PERM: 'forbidden',
  SQLITE_AUTH: 'forbidden',
  SQLITE_CANTOPEN: 'forbidden',
  SQLITE_IOERR: 'failing',
  SQLITE_IOERR_SHMSIZE: 'full',
  SQLITE_BUSY: 'held',
  SQLITE_LOCKED: 'held',
  SQLITE_PROTOCOL: 'held',
}

const words: Readonly<Record<StorageFault, readonly [cause: string, wayOut: string]>> = {
  full: ['its disk is full, or it may not grow any further', 'free some space'],
  read_only: ['it may only be read', 'make the file and its file system writable'],
  forbidden: ['this user may not open it, or not make it', 'see that this user may read and write it and its folder'],
  failing: ['the disk fails', 'look after the disk; if it stays so, move the workspace to another'],
  held: ['another process holds it', 'close whatever else has it open'],
  gone: ['it, or the folder that it is in, is not there', 'bring it back, or name another place'],
}

/** The failure in words for a person, where that is what the error says. */
export function faultOf(file: string, error: unknown): StorageFailed | undefined {
  const code = codeOf(error)
  const known = Object.keys(faults).filter((beginning) => code.startsWith(beginning))
  const [longest] = known.toSorted((one, other) => other.length - one.length)
  const fault = longest === undefined ? undefined : faults[longest]
  if (fault === undefined) return undefined
  const [cause, wayOut] = words[fault]
  const said = error instanceof Error ? error.message : String(error)
  // The system's own messages begin with the code; those of SQLite do not hold it.
  const told = said.startsWith(code) ? said : `${said}, ${code}`
  return new StorageFailed(`${file} cannot be used: ${cause} (${told}): ${wayOut}`, { fault, cause: error })
}

function codeOf(error: unknown): string {
  if (error instanceof Database.SqliteError) return error.code
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}
