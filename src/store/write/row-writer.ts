import type Database from 'better-sqlite3'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { cryptOf } from '../crypt/unlock.ts'
import type { Tally } from '../format/ledger.ts'
import { type Key, openRow, type RawRow, rowColumns, sealRow } from '../format/row.ts'
import type { RunRowFormat } from '../format/rows.ts'
import type { KnownRows } from './written-runs.ts'

/** The rows of the run that is being written: its number and its lineage's, what is known of them, and the tally that they add up to. */
export interface Writing {
  readonly run: number
  readonly lineage: number
  readonly rows: KnownRows
  readonly tally: Tally
}

/** Writes a row of a run, in place of the one of the same key, and answers whether there was none. @throws CorruptionFound */
export type RowWriter<T> = (writing: Writing, value: T) => boolean

export function rowWriter<T>(db: Database.Database, format: RunRowFormat<T>): RowWriter<T> {
  const crypt = cryptOf(db)
  const { table, columns } = format
  const marks = [...columns, 'content', 'checksum'].map(() => '?').join(', ')
  const key = columns.map((column) => `${column} = ?`).join(' AND ')
  const find = db.prepare<(string | number)[], RawRow>(`SELECT ${rowColumns(format)} FROM ${table} WHERE ${key}`).raw()
  const insert = db.prepare(`INSERT INTO ${table} (${rowColumns(format)}) VALUES (${marks}) ON CONFLICT DO NOTHING`)
  const update = db.prepare(`UPDATE ${table} SET content = ?, checksum = ? WHERE ${key} AND checksum = ?`)

  const corrupt = (rowKey: Key, detail: string): CorruptionFound => new CorruptionFound(table, rowKey.join('/'), detail)

  /** The checksum of the row that is there. @throws CorruptionFound where the row is not whole */
  const found = (rowKey: Key): Buffer => openRow(crypt, format, find.get(...rowKey) ?? []).sealed.checksum

  return ({ run, lineage, rows, tally }, value) => {
    const rowKey = [run, ...format.keyOf(value)]
    const name = `${table}/${rowKey.join('/')}`
    const known = rows.get(name)
    const { content, checksum } = sealRow(crypt, lineage, format, rowKey, value)
    const isNew = known === undefined && insert.run(...rowKey, content, checksum).changes === 1
    if (!isNew) {
      const replaced = known ?? found(rowKey)
      tally.enter(replaced)
      if (update.run(content, checksum, ...rowKey, replaced).changes !== 1) throw corrupt(rowKey, 'it is not as it was last written')
    }
    tally.enter(checksum)
    rows.put(name, checksum)
    return isNew
  }
}
