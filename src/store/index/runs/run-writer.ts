import type Database from 'better-sqlite3'
import type { RunId } from '../../../model/ids.ts'
import { searched } from '../../../model/query/folded.ts'
import type { RunRow } from '../../format/rows.ts'

/** Reads what is wanted of a run; what it answers puts the run as its row tells it in the place of what it was before. */
export function runWriter(index: Database.Database, store: Database.Database): (row: RunRow) => () => void {
  const put = index.prepare(
    `INSERT INTO run (number, id, seen, workflow, version, status, waiting, correlation, origin, parent, started, ended, attempts)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (number) DO UPDATE SET
       seen = excluded.seen, version = excluded.version, status = excluded.status, waiting = excluded.waiting,
       ended = excluded.ended, attempts = excluded.attempts`,
  )
  const leave = index.prepare<[number]>('DELETE FROM stands WHERE run = ?')
  const stand = index.prepare<[number, string]>('INSERT INTO stands (run, step) VALUES (?, ?) ON CONFLICT DO NOTHING')
  const mend = index.prepare<[number]>('DELETE FROM failure WHERE run = ?')
  const fail = index.prepare<[number, string, string, string]>(
    'INSERT INTO failure (run, class, name, message) VALUES (?, ?, ?, ?)',
  )
  const countAttempts = store.prepare<[number], number>('SELECT count(*) FROM attempt WHERE run = ?').pluck()

  return ({ number, record, ledger, standing }) => {
    const { id, version, workflow, workflowVersion, status, waiting, correlation, origin, parent, createdAt, endedAt, failure } = record
    const attempts = ledger.attempts ?? countAttempts.get(number) ?? 0
    const of = origin?.run ?? null
    return () => {
      put.run(number, id, version, workflow, workflowVersion, status, waiting, correlation, of, parent?.run ?? null, createdAt, endedAt, attempts)
      leave.run(number)
      for (const { step } of standing) stand.run(number, step)
      mend.run(number)
      if (failure !== null) fail.run(number, failure.class, searched(failure.name), searched(failure.message))
    }
  }
}

/** Removes what is known of a run, and all text that was its own. */
export function runRemover(index: Database.Database): (id: RunId) => void {
  const find = index.prepare<[string], number>('SELECT number FROM run WHERE id = ?').pluck()
  const drops = [
    'DELETE FROM said WHERE run = ?',
    'DELETE FROM failure WHERE run = ?',
    'DELETE FROM stands WHERE run = ?',
    'DELETE FROM run WHERE number = ?',
  ].map((sql) => index.prepare<[number]>(sql))
  const forget = index.prepare<[string]>('DELETE FROM unread WHERE run = ?')

  return (id) => {
    const number = find.get(id)
    if (number !== undefined) for (const drop of drops) drop.run(number)
    forget.run(id)
  }
}
