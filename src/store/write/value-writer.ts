import type Database from 'better-sqlite3'
import type { SealedValue } from '../../engine/ports.ts'
import { cryptOf } from '../crypt/unlock.ts'
import { fromHex } from '../format/sha256.ts'
import { storedValue } from '../format/value.ts'

/**
 * Stores values of a lineage (by its number). One that is there already is what it is called by, and stays, unless it is damaged: then
 * this mends it. An encrypted one never has the same octets twice, and is written anew.
 */
export function valueWriter(db: Database.Database): (lineage: number, values: readonly SealedValue[]) => void {
  const crypt = cryptOf(db)
  const insert = db.prepare<[number, Buffer, Uint8Array | null, Uint8Array]>(
    `INSERT INTO value (lineage, address, salt, body) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET salt = excluded.salt, body = excluded.body WHERE body IS NOT excluded.body OR salt IS NOT excluded.salt`,
  )
  return (lineage, values) => {
    for (const value of values) {
      const { salt, body } = storedValue(crypt, lineage, value)
      insert.run(lineage, fromHex(value.address), salt, body)
    }
  }
}
