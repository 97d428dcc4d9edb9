import type Database from 'better-sqlite3'
import type { SealedValue } from '../../engine/ports.ts'
import { cryptOf } from '../crypt/unlock.ts'
import { fromHex } from '../format/sha256.ts'
import { storedValue } from '../format/value.ts'

/** Stores values of a lineage (by its number); one that is there already stays as it is. */
export function valueWriter(db: Database.Database): (lineage: number, values: readonly SealedValue[]) => void {
  const crypt = cryptOf(db)
  const insert = db.prepare<[number, Buffer, Uint8Array | null, Uint8Array]>(
    'INSERT INTO value (lineage, address, salt, body) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  )
  return (lineage, values) => {
    for (const value of values) {
      const { salt, body } = storedValue(crypt, lineage, value)
      insert.run(lineage, fromHex(value.address), salt, body)
    }
  }
}
