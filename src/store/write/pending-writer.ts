import type Database from 'better-sqlite3'
import type { DecisionRecord } from '../../model/decision.ts'

/** Keeps apart which decisions are pending, and which of them are dead letters: what their rows say may be encrypted, and lists ask for these alone. */
export function pendingWriter(db: Database.Database): (run: number, decision: DecisionRecord) => void {
  const put = db.prepare<[number, string, number, number | null, 0 | 1]>(
    'INSERT OR REPLACE INTO pending (run, id, opened_at, deadline, queued) VALUES (?, ?, ?, ?, ?)',
  )
  const remove = db.prepare<[number, string]>('DELETE FROM pending WHERE run = ? AND id = ?')

  return (run, { id, kind, status, openedAt, deadline }) => {
    if (status === 'pending') put.run(run, id, openedAt, deadline, kind === 'dead_letter' ? 1 : 0)
    else remove.run(run, id)
  }
}
