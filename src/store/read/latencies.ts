import type Database from 'better-sqlite3'
import type { Instant } from '../../model/ids.ts'
import { plain } from '../crypt/crypt.ts'
import { latencyFormat, type LatencyBucket } from '../format/latency.ts'
import { openRow, rowColumns } from '../format/row.ts'
import { kept, type Width } from '../measure/widths.ts'

export type LatencyReader = ReturnType<typeof latencyReader>

export function latencyReader(db: Database.Database) {
  const columns = rowColumns(latencyFormat)
  const within = db
    .prepare<[number, number, number], [number, number, ...unknown[]]>(
      `SELECT ${columns} FROM commit_latency WHERE width = ? AND at >= ? AND at < ? ORDER BY at`,
    )
    .raw()
  const has = db.prepare<[number, number]>('SELECT 1 FROM commit_latency WHERE width = ? AND at = ?').pluck()
  const stored = (width: Width, from: Instant, to: Instant): LatencyBucket[] =>
    within.all(width, from, to).map((row) => ({ at: row[1], cells: openRow(plain, latencyFormat, row).content }))

  return {
    /**
     * Buckets of a width in a range, oldest first, and those that wait to be written. One that has been written since
     * it was told of counts once.
     * @throws CorruptionFound
     */
    within: (width: Width, from: Instant, to: Instant, waiting: readonly LatencyBucket[]): LatencyBucket[] => [
      ...stored(width, from, to),
      ...waiting.filter(({ at }) => at >= from && at < to && has.get(kept[0], at) === undefined),
    ],
  }
}
