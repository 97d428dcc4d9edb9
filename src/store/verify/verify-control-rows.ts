import type Database from 'better-sqlite3'
import { cryptOf } from '../crypt/unlock.ts'
import { type RawRow, openRow, type RowFormat, rowColumns } from '../format/row.ts'
import type { Findings } from './findings.ts'
import type { RowKey, Section } from './place.ts'
import { type Walk, walkRows } from './walk-rows.ts'

/** What else is looked at of a row that recomputes; it throws CorruptionFound. */
type Further<T> = (content: T) => void

/** Every row of a table by its own checksum. The first `keyed` columns are the table's key. */
export function verifyControlRows<T>(
  db: Database.Database,
  findings: Findings,
  { section, format, keyed }: { readonly section: Section; readonly format: RowFormat<T>; readonly keyed: number },
  further: Further<T> = () => undefined,
): Walk {
  const crypt = cryptOf(db)
  const { table, columns } = format
  const key = columns.slice(0, keyed)
  return walkRows<RawRow>(db, findings, {
    section,
    key,
    raw: true,
    select: `SELECT ${rowColumns(format)} FROM ${table}`,
    keyOf: (row) => row.slice(0, keyed).map(keyPart),
    bytes: (row) => String(row.at(-2)).length,
    look: (row) => findings.checkAll(table, row.slice(0, columns.length).join('/'), () => further(openRow(crypt, format, row).content)),
  })
}

function keyPart(column: unknown): RowKey[number] {
  return typeof column === 'number' ? column : String(column)
}
