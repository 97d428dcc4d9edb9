import type Database from 'better-sqlite3'
import { latencyFormat } from '../format/latency.ts'
import { type RawRow, openRow, rowColumns } from '../format/row.ts'
import type { Findings } from './findings.ts'

/** Every row of how long commits took. One that is gone is not missed: a crash may lose some. */
export function verifyLatencies(db: Database.Database, findings: Findings): void {
  const all = db.prepare<[], RawRow>(`SELECT ${rowColumns(latencyFormat)} FROM commit_latency`).raw()
  findings.check('commit_latency', 'rows', () => {
    for (const row of all.iterate()) {
      findings.check('commit_latency', row.slice(0, -2).join('/'), () => openRow(latencyFormat, row))
    }
  })
}
