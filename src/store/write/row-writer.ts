import type Database from 'better-sqlite3'
import type { Checksum } from '../../model/ids.ts'
import { toggle } from '../format/ledger.ts'
import { rowColumns, sealRow } from '../format/row.ts'
import type { RunRowFormat } from '../format/rows.ts'
import { storedDigest, toHex } from '../format/sha256.ts'

export interface Written {
  /** The run's tally after it. */
  readonly tally: Checksum
  /** No row of the same key was there before. */
  readonly isNew: boolean
}

/** Writes a row of a run, in place of the one of the same key. */
export type RowWriter<T> = (run: number, value: T, tally: Checksum) => Written

export function rowWriter<T>(db: Database.Database, format: RunRowFormat<T>): RowWriter<T> {
  const { table, columns } = format
  const marks = [...columns, 'content', 'checksum'].map(() => '?').join(', ')
  const key = columns.map((column) => `${column} = ?`).join(' AND ')
  const before = db.prepare<(string | number)[]>(`SELECT checksum FROM ${table} WHERE ${key}`).pluck()
  const put = db.prepare(
    `INSERT INTO ${table} (${rowColumns(format)}) VALUES (${marks})
     ON CONFLICT DO UPDATE SET content = excluded.content, checksum = excluded.checksum`,
  )

  return (run, value, tally) => {
    const rowKey = [run, ...format.keyOf(value)]
    const replaced = storedDigest(before.get(...rowKey))
    const { content, checksum } = sealRow(format, rowKey, value)
    put.run(...rowKey, content, checksum)
    const isNew = replaced === undefined
    return { tally: toggle(isNew ? tally : toggle(tally, replaced), toHex(checksum)), isNew }
  }
}
