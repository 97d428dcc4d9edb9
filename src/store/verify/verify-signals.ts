import type Database from 'better-sqlite3'
import { type RawRow, openRow, rowColumns } from '../format/row.ts'
import { signalFormat } from '../format/signal.ts'
import type { Findings } from './findings.ts'

/** Every signal that was kept. One that is gone is not missed: signals are capped, and a crash may lose some. */
export function verifySignals(db: Database.Database, findings: Findings): number {
  const all = db.prepare<[], RawRow>(`SELECT ${rowColumns(signalFormat)} FROM signal`).raw()
  let count = 0
  findings.check('signal', 'rows', () => {
    for (const row of all.iterate()) {
      count++
      findings.check('signal', row.slice(0, -2).join('/'), () => openRow(signalFormat, row))
    }
  })
  return count
}
