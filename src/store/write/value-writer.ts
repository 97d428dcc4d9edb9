import type Database from 'better-sqlite3'
import type { SealedValue } from '../../engine/ports.ts'
import { pack } from '../format/packing.ts'
import { fromHex } from '../format/sha256.ts'

/** Stores values of a lineage (by its number); one that is there already stays as it is. */
export function valueWriter(db: Database.Database): (lineage: number, values: readonly SealedValue[]) => void {
  const insert = db.prepare<[number, Buffer, Uint8Array | null, Buffer]>(
    'INSERT INTO value (lineage, address, salt, body) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  )
  return (lineage, values) => {
    for (const { address, bytes, salt } of values) insert.run(lineage, fromHex(address), salt, pack(bytes))
  }
}
