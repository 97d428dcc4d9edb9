import type Database from 'better-sqlite3'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { cryptOf } from '../crypt/unlock.ts'
import type { Tally } from '../format/ledger.ts'
import { type Key, openRow, type RawRow, rowColumns, sealRow } from '../format/row.ts'
import type { RunRowFormat } from '../format/rows.ts'
import type { Known, KnownRow, KnownRows } from './written-runs.ts'

/** The rows of the run that is being written: its number and its lineage's, what is known of them, and the tally that they add up to. */
export interface Writing {
  readonly run: number
  readonly lineage: number
  readonly rows: KnownRows
  readonly tally: Tally
}

export interface RowWriter<T> {
  /** The row of a key as it stands; undefined where there is none. @throws CorruptionFound where it is not whole */
  readonly find: (writing: Writing, key: Key) => KnownRow<T> | undefined
  /** Writes a row in the place of the one of its key. @throws CorruptionFound where that is not as it was last written */
  readonly put: (writing: Writing, value: T) => void
  /** The same where that row has been found already. */
  readonly replace: (writing: Writing, before: KnownRow<T> | undefined, value: T) => void
}

/** Finds and writes rows of a kind; `known` says where it is kept what is known of them. */
export function rowWriter<T>(db: Database.Database, format: RunRowFormat<T>, known: (rows: KnownRows) => Known<T>): RowWriter<T> {
  const crypt = cryptOf(db)
  const { table, columns } = format
  const marks = [...columns, 'content', 'checksum'].map(() => '?').join(', ')
  const isOfKey = columns.map((column) => `${column} = ?`).join(' AND ')
  const select = db.prepare<(string | number)[], RawRow>(`SELECT ${rowColumns(format)} FROM ${table} WHERE ${isOfKey}`).raw()
  const insert = db.prepare(`INSERT INTO ${table} (${rowColumns(format)}) VALUES (${marks}) ON CONFLICT DO NOTHING`)
  const update = db.prepare(`UPDATE ${table} SET content = ?, checksum = ? WHERE ${isOfKey} AND checksum = ?`)

  const find = ({ run, rows }: Writing, key: Key): KnownRow<T> | undefined => {
    const kind = known(rows)
    const found = kind.get(key.join('/'))
    if (found !== undefined || kind.isAll) return found
    const row = select.get(run, ...key)
    if (row === undefined) return undefined
    const { content, sealed } = openRow(crypt, format, row)
    return { value: content, checksum: sealed.checksum }
  }

  const replace = ({ run, lineage, rows, tally }: Writing, before: KnownRow<T> | undefined, value: T): void => {
    const key = format.keyOf(value)
    const rowKey = [run, ...key]
    const { content, checksum } = sealRow(crypt, lineage, format, rowKey, value)
    const { changes } =
      before === undefined
        ? insert.run(...rowKey, content, checksum)
        : update.run(content, checksum, ...rowKey, before.checksum)
    if (changes !== 1) throw new CorruptionFound(table, rowKey.join('/'), 'it is not as it was last written')
    if (before !== undefined) tally.enter(before.checksum)
    tally.enter(checksum)
    known(rows).put(key.join('/'), { value, checksum })
  }

  return { find, replace, put: (writing, value) => replace(writing, find(writing, format.keyOf(value)), value) }
}
