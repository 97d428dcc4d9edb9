import { migrations } from '../migrations/all.ts'
import { isStore, openReader } from '../sqlite/connection.ts'
import { schemaVersion } from '../sqlite/migrate.ts'

/** Whether a file is a store that this version can read, as far as its schema tells. */
export function isReadableStore(file: string): boolean {
  try {
    const db = openReader(file)
    try {
      return isStore(db) && schemaVersion(db) <= migrations.length
    } finally {
      db.close()
    }
  } catch {
    return false
  }
}
