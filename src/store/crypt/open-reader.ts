import type Database from 'better-sqlite3'
import { openReader as openFile } from '../sqlite/connection.ts'
import { reading } from '../sqlite/reading.ts'
import { unlock } from './unlock.ts'
import type { WorkspaceKey } from './workspace-key.ts'

/** A connection that cannot write, to a store of this version. @throws StorageFailed, CorruptionFound, KeyRefused */
export function openReader(file: string, key: WorkspaceKey | null): Database.Database {
  const db = openFile(file)
  try {
    reading(file, () => unlock(db, key))
    return db
  } catch (error) {
    db.close()
    throw error
  }
}
