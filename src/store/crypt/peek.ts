import { openReader } from '../sqlite/connection.ts'
import { type Keyring, keyringOf } from './keyring.ts'

/** What a store says of its key, for who looks for it; null where it says nothing that can be read. */
export function keyringIn(file: string): Keyring | null {
  try {
    const db = openReader(file)
    try {
      return keyringOf(db)
    } finally {
      db.close()
    }
  } catch {
    return null
  }
}
