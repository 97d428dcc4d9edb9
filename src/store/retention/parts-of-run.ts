/**
 * The rows that a run leaves behind, beside its own and its entries of the journal: counted before they go, and taken away
 * so many at a time. Both see the same columns, so that what is told beforehand is what is done.
 */
import type Database from 'better-sqlite3'
import type { Amount } from '../../model/retention.ts'
import { isCheckpointOf } from '../format/checkpoint-id.ts'

interface Part {
  readonly table: string
  /** What the table's key says beside the run. */
  readonly key: readonly string[]
  /** What of a row is counted as bytes. */
  readonly bytes: string
  readonly counts?: keyof Amount
  /** Which rows are of `@run`. */
  readonly ofRun?: string
}

const ofContent = 'octet_length(content) + octet_length(checksum)'

const parts: readonly Part[] = [
  { table: 'signal', key: ['branch', 'step', 'iteration', 'attempt', 'type', 'ordinal'], bytes: ofContent, counts: 'signals' },
  { table: 'keyframe', key: ['number'], bytes: 'octet_length(body) + octet_length(checksum)' },
  { table: 'checkpoint', key: ['id'], bytes: ofContent, counts: 'checkpoints', ofRun: isCheckpointOf('@run') },
  { table: 'attempt', key: ['branch', 'step', 'iteration', 'attempt'], bytes: ofContent },
  { table: 'step', key: ['branch', 'step', 'iteration'], bytes: ofContent },
  { table: 'pending', key: ['id'], bytes: '0' },
  { table: 'decision', key: ['id'], bytes: ofContent },
  { table: 'error', key: ['id'], bytes: ofContent },
  { table: 'branch', key: ['number'], bytes: ofContent },
  { table: 'stub', key: ['number'], bytes: ofContent },
]

const byRun = 'run = @run'

export const tablesOfRun: readonly Required<Pick<Part, 'table' | 'ofRun'>>[] = parts.map(({ table, ofRun = byRun }) => ({ table, ofRun }))

export interface Rows {
  readonly rows: number
  readonly bytes: number
  readonly counts: keyof Amount | undefined
}

/** How many rows of a run each of its tables has. */
export function partCounter(db: Database.Database): (run: number) => Rows[] {
  const counters = parts.map(({ table, bytes, counts, ofRun = byRun }) => ({
    counts,
    count: db.prepare<{ run: number }, { rows: number; bytes: number }>(
      `SELECT count(*) AS rows, coalesce(sum(${bytes}), 0) AS bytes FROM ${table} WHERE ${ofRun}`,
    ),
  }))
  return (run) => counters.map(({ counts, count }) => ({ ...(count.get({ run }) ?? { rows: 0, bytes: 0 }), counts }))
}

/** Takes up to `limit` rows of a run away, from one table after the other; fewer, once there are no more. */
export function partTaker(db: Database.Database): (run: number, limit: number) => Rows[] {
  const takers = parts.map(({ table, key, bytes, counts, ofRun = byRun }) => ({
    counts,
    take: db
      .prepare<{ run: number; limit: number }, number>(
        `DELETE FROM ${table} WHERE ${ofRun} AND (${key.join(', ')}) IN (SELECT ${key.join(', ')} FROM ${table} WHERE ${ofRun} LIMIT @limit)
         RETURNING ${bytes}`,
      )
      .pluck(),
  }))

  return (run, limit) => {
    const taken: Rows[] = []
    let left = limit
    for (const { counts, take } of takers) {
      if (left === 0) break
      const bytes = take.all({ run, limit: left })
      left -= bytes.length
      taken.push({ rows: bytes.length, bytes: bytes.reduce((sum, each) => sum + each, 0), counts })
    }
    return taken
  }
}
