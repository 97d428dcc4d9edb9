import type Database from 'better-sqlite3'
import { keys } from '../migrations/0004-keys.ts'
import { isStore, openReader } from '../sqlite/connection.ts'
import { schemaVersion } from '../sqlite/migrate.ts'
import { type Keyring, keyringOf } from './keyring.ts'

/** What a store says of its key, for who looks for it; null where it says nothing that can be read. */
export function keyringIn(file: string): Keyring | null {
  return peek(file, keyringOf) ?? null
}

/** Whether it is a store that can be read without a key. */
export function isPlain(file: string): boolean {
  return peek(file, (db) => isStore(db) && (schemaVersion(db) < keys.version || keyringOf(db) === null)) ?? false
}

/** Undefined where it cannot be read. */
function peek<T>(file: string, look: (db: Database.Database) => T): T | undefined {
  try {
    const db = openReader(file)
    try {
      return look(db)
    } finally {
      db.close()
    }
  } catch {
    return undefined
  }
}
