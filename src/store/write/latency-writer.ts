import type Database from 'better-sqlite3'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { ofWorkspace, plain } from '../crypt/crypt.ts'
import { type Cells, cellsOf, latencyFormat, type LatencyBucket } from '../format/latency.ts'
import { type RawRow, openRow, rowColumns, sealRow } from '../format/row.ts'
import { floor, kept } from '../measure/widths.ts'

/** Adds buckets to the rows of every width. A row that is damaged stays as it is, for verification to find. */
export function latencyWriter(db: Database.Database): (buckets: readonly LatencyBucket[]) => void {
  const columns = rowColumns(latencyFormat)
  const find = db.prepare<[number, number], RawRow>(`SELECT ${columns} FROM commit_latency WHERE width = ? AND at = ?`).raw()
  const put = db.prepare(
    `INSERT INTO commit_latency (${columns}) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET content = excluded.content, checksum = excluded.checksum`,
  )

  const enter = (width: number, at: number, cells: Cells): void => {
    const row = find.get(width, at)
    const before = row === undefined ? [] : openRow(plain, latencyFormat, row).content
    const { content, checksum } = sealRow(plain, ofWorkspace, latencyFormat, [width, at], cellsOf(new Map(before), new Map(cells)))
    put.run(width, at, content, checksum)
  }

  return (buckets) => {
    for (const { at, cells } of buckets) {
      for (const width of kept) {
        try {
          enter(width, floor(at, width), cells)
        } catch (error) {
          if (!(error instanceof CorruptionFound)) throw error
        }
      }
    }
  }
}
