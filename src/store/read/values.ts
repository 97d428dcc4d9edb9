import type Database from 'better-sqlite3'
import type { SizedValue } from '../../engine/queries.ts'
import type { Address } from '../../model/ids.ts'
import type { Json } from '../../model/json.ts'
import { cryptOf } from '../crypt/unlock.ts'
import { corruptValue, openBytes, openText, openValue, type StoredValue, valueIn, valueOf } from '../format/value.ts'
import { fromHex } from '../format/sha256.ts'
import type { NumberedLineage } from './lineages.ts'

/** A value, and what stands in the file for it. */
export interface StandingValue {
  readonly value: Json
  /** Octets of its row: its address, what salts it, and its body. */
  readonly bytes: number
  /** It is salted by itself. */
  readonly isSensitive: boolean
}

export function valueReader(db: Database.Database) {
  const crypt = cryptOf(db)
  const body = db.prepare<[number, Buffer], StoredValue>('SELECT salt, body FROM value WHERE lineage = ? AND address = ?')
  // What stands as it was written comes as text: to make a buffer of it takes longer than to read it.
  const asText = `CASE WHEN substr(body, 1, 1) = x'00' THEN CAST(substr(body, 2) AS TEXT) ELSE body END`
  const text = db.prepare<[number, Buffer], StoredValue>(`SELECT salt, ${asText} AS body FROM value WHERE lineage = ? AND address = ?`)
  const there = db.prepare<[number, Buffer], number>('SELECT 1 FROM value WHERE lineage = ? AND address = ?').pluck()

  const textAt = (lineage: NumberedLineage, address: Address): string => {
    const stored = text.get(lineage.number, fromHex(address))
    if (stored === undefined) throw corruptValue(lineage.id, address, 'it is not there')
    return openText(crypt, lineage, address, stored)
  }

  return {
    /** One over `upTo` octets is checked, but not parsed. @throws CorruptionFound */
    sized: (lineage: NumberedLineage, address: Address, upTo = Infinity): SizedValue | undefined => {
      const stored = body.get(lineage.number, fromHex(address))
      if (stored === undefined) return undefined
      const bytes = openBytes(crypt, lineage, address, stored)
      const left = bytes.byteLength > upTo
      return { value: left ? null : valueOf(bytes), size: bytes.byteLength, left }
    },

    /** @throws CorruptionFound */
    standing: (lineage: NumberedLineage, address: Address): StandingValue | undefined => {
      const name = fromHex(address)
      const stored = body.get(lineage.number, name)
      if (stored === undefined) return undefined
      const bytes = name.byteLength + octetsOf(stored.salt) + octetsOf(stored.body)
      return { value: openValue(crypt, lineage, address, stored), bytes, isSensitive: stored.salt !== null }
    },

    /** A value that something stored refers to. @throws CorruptionFound, where it is not there too */
    get: (lineage: NumberedLineage, address: Address): Json => valueIn(textAt(lineage, address)),

    /** Its RFC 8785 text, checked and not parsed. @throws CorruptionFound, where it is not there too */
    text: textAt,

    has: (lineage: number, address: Address): boolean => there.get(lineage, fromHex(address)) !== undefined,
  }
}

function octetsOf(column: unknown): number {
  return column instanceof Uint8Array ? column.byteLength : 0
}
