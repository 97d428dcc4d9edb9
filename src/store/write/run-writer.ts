import type Database from 'better-sqlite3'
import { rowColumns, sealRow } from '../format/row.ts'
import { runFormat, runKey, type RunRow } from '../format/rows.ts'

export function runWriter(db: Database.Database) {
  const next = db.prepare<[], number>('SELECT coalesce(max(number), 0) + 1 FROM run').pluck()
  const insert = db.prepare(`INSERT INTO run (${rowColumns(runFormat)}) VALUES (?, ?, ?, ?, ?, ?)`)
  // A column that is named in SET has its indexes written, changed or not: the usual commit leaves the status out.
  const stay = db.prepare<[string, Buffer, number]>('UPDATE run SET content = ?, checksum = ? WHERE number = ?')
  const move = db.prepare<[string, string, Buffer, number]>(
    'UPDATE run SET status = ?, content = ?, checksum = ? WHERE number = ?',
  )

  return {
    /** The number that the next run gets. */
    next: (): number => next.get() ?? 1,

    put: (before: RunRow | undefined, row: RunRow): void => {
      const key = runKey(row)
      const { status } = row.record
      const { content, checksum } = sealRow(runFormat, key, row)
      if (before === undefined) insert.run(...key, content, checksum)
      else if (before.record.status === status) stay.run(content, checksum, row.number)
      else move.run(status, content, checksum, row.number)
    },
  }
}
