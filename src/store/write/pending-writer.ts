import type Database from 'better-sqlite3'
import type { DecisionRecord } from '../../model/decision.ts'

/** Keeps apart which decisions are pending: what their rows say may be encrypted, and lists ask for these alone. */
export function pendingWriter(db: Database.Database): (run: number, decision: DecisionRecord) => void {
  const put = db.prepare<[number, string, number, number | null]>(
    'INSERT OR REPLACE INTO pending (run, id, opened_at, deadline) VALUES (?, ?, ?, ?)',
  )
  const remove = db.prepare<[number, string]>('DELETE FROM pending WHERE run = ? AND id = ?')

  return (run, { id, status, openedAt, deadline }) => {
    if (status === 'pending') put.run(run, id, openedAt, deadline)
    else remove.run(run, id)
  }
}
