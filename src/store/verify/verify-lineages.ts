import type Database from 'better-sqlite3'
import type { Lineage } from '../../engine/ports.ts'
import { type RawRow, openRow, rowColumns } from '../format/row.ts'
import { lineageFormat } from '../format/rows.ts'
import { fromHex } from '../format/sha256.ts'
import { openValue } from '../format/value.ts'
import type { Findings } from './findings.ts'

interface StoredValue {
  readonly lineage: number
  readonly address: Buffer
  readonly salt: unknown
  readonly body: unknown
}

/** Every lineage, and every value against its address. */
export function verifyLineages(db: Database.Database, findings: Findings): { lineages: number; values: number } {
  const rows = db.prepare<[], RawRow>(`SELECT ${rowColumns(lineageFormat)} FROM lineage`).raw()
  const all = db.prepare<[], StoredValue>('SELECT lineage, address, salt, body FROM value')
  const lineages = new Map<unknown, Lineage>()
  let values = 0

  findings.check('lineage', 'rows', () => {
    for (const row of rows.iterate()) {
      findings.check('lineage', String(row[0]), () => {
        const { number, id, salt } = openRow(lineageFormat, row).content
        lineages.set(number, { id, salt: fromHex(salt) })
      })
    }
  })
  findings.check('value', 'rows', () => {
    for (const stored of all.iterate()) {
      values++
      const address = Buffer.from(stored.address).toString('hex')
      const lineage = lineages.get(stored.lineage)
      if (lineage === undefined) findings.add('value', address, `there is no lineage ${stored.lineage}`)
      else findings.check('value', address, () => openValue(lineage, address, stored))
    }
  })
  return { lineages: lineages.size, values }
}
