import type Database from 'better-sqlite3'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { cryptOf } from '../crypt/unlock.ts'
import { rowColumns, sealRow, type SealedRow } from '../format/row.ts'
import { runFormat, runKey, type RunRow } from '../format/rows.ts'
import type { StandingRun } from '../read/runs.ts'

export function runWriter(db: Database.Database) {
  const crypt = cryptOf(db)
  // A number names one run for good: entries of the journal are filed under it when the run is long removed.
  const next = db
    .prepare<[], number>(
      'SELECT 1 + max(coalesce((SELECT max(number) FROM run), 0), coalesce((SELECT max(number) FROM removed_run), 0))',
    )
    .pluck()
  const insert = db.prepare(`INSERT INTO run (${rowColumns(runFormat)}) VALUES (?, ?, ?, ?, ?, ?)`)
  const isAsWritten = [...runFormat.columns, 'content', 'checksum'].map((column) => `${column} = ?`).join(' AND ')
  // A column that is named in SET has its indexes written, changed or not: the usual commit leaves the status out.
  const stay = db.prepare(`UPDATE run SET content = ?, checksum = ? WHERE ${isAsWritten}`)
  const move = db.prepare(`UPDATE run SET status = ?, content = ?, checksum = ? WHERE ${isAsWritten}`)

  const replace = ({ row: before, sealed: found }: StandingRun, { record }: RunRow, { content, checksum }: SealedRow): void => {
    const standing = [...runKey(before), found.content, found.checksum]
    const isMoved = before.record.status !== record.status
    const { changes } = isMoved
      ? move.run(record.status, content, checksum, ...standing)
      : stay.run(content, checksum, ...standing)
    if (changes !== 1) throw new CorruptionFound('run', record.id, 'its row is not as it was last written')
  }

  return {
    /** The number that the next run gets. */
    next: (): number => next.get() ?? 1,

    /** Writes a run's row in the place of the one before it. @throws CorruptionFound where that has changed since */
    put: (before: StandingRun | undefined, row: RunRow): SealedRow => {
      const key = runKey(row)
      const sealed = sealRow(crypt, row.lineage, runFormat, key, row)
      if (before === undefined) insert.run(...key, sealed.content, sealed.checksum)
      else replace(before, row, sealed)
      return sealed
    },
  }
}
