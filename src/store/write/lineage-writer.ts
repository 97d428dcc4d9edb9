import type Database from 'better-sqlite3'
import type { Lineage } from '../../engine/ports.ts'
import { cryptOf, vaultOf } from '../crypt/unlock.ts'
import { rowColumns, sealRow } from '../format/row.ts'
import { lineageFormat, lineageKey } from '../format/rows.ts'

/** Stores a lineage, with a data key where the store is encrypted, and answers its number. */
export function lineageWriter(db: Database.Database): (lineage: Lineage) => number {
  const [crypt, vault] = [cryptOf(db), vaultOf(db)]
  const next = db.prepare<[], number>('SELECT coalesce(max(number), 0) + 1 FROM lineage').pluck()
  const insert = db.prepare(`INSERT INTO lineage (${rowColumns(lineageFormat)}) VALUES (?, ?, ?, ?)`)

  return ({ id, salt }) => {
    const row = { number: next.get() ?? 1, id, salt: Buffer.from(salt).toString('hex') }
    const key = lineageKey(row)
    vault?.begin(row.number)
    const { content, checksum } = sealRow(crypt, row.number, lineageFormat, key, row)
    insert.run(...key, content, checksum)
    return row.number
  }
}
