import type Database from 'better-sqlite3'
import type { Address } from '../../model/ids.ts'
import { fromHex } from '../format/sha256.ts'
import { bytesOfValue } from '../retention/values-of-lineage.ts'

/** Takes values of a lineage away. Both answer the bytes of each that was there. */
export function valueDropper(db: Database.Database) {
  const one = db.prepare<[number, Buffer], number>(`DELETE FROM value WHERE lineage = ? AND address = ? RETURNING ${bytesOfValue}`).pluck()
  const some = db
    .prepare<[number, number], number>(`DELETE FROM value WHERE rowid IN (SELECT rowid FROM value WHERE lineage = ? LIMIT ?) RETURNING ${bytesOfValue}`)
    .pluck()

  return {
    these: (lineage: number, addresses: readonly Address[]): number[] => addresses.flatMap((address) => one.all(lineage, fromHex(address))),

    /** As many as are there, up to `limit`. */
    some: (lineage: number, limit: number): number[] => some.all(lineage, limit),
  }
}
