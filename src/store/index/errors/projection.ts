import type Database from 'better-sqlite3'
import type { RunEntry } from '../../../model/entry.ts'
import type { ErrorRecord } from '../../../model/error-record.ts'
import type { ErrorId, Instant, RunId, StepId } from '../../../model/ids.ts'
import type { ErrorStatus } from '../../../model/status.ts'
import type { Follow, Projection } from '../projection.ts'

/** Every error of every run: what it is like, when it was, and how it stands. What is told of one comes from its checked row. */
export const errors: Projection = {
  name: 'errors',
  version: 1,

  create: (index) =>
    index.exec(`
      CREATE TABLE error (
        run TEXT NOT NULL,
        id TEXT NOT NULL,
        step TEXT,
        fingerprint TEXT NOT NULL,
        status TEXT NOT NULL,
        follows INTEGER NOT NULL,
        opened_at INTEGER NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (run, id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX error_by_time ON error (at) WHERE follows = 0;
    `),

  follow: (index) => followErrors(index),
}

type Opened = [RunId, ErrorId, StepId | null, string, ErrorStatus, number, Instant, Instant]

function followErrors(index: Database.Database): Follow {
  const open = index.prepare<Opened>(
    'INSERT OR REPLACE INTO error (run, id, step, fingerprint, status, follows, opened_at, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const recur = index.prepare<[string, Instant, RunId, ErrorId]>('UPDATE error SET fingerprint = ?, at = ? WHERE run = ? AND id = ?')
  const move = index.prepare<[ErrorStatus, RunId, ErrorId]>('UPDATE error SET status = ? WHERE run = ? AND id = ?')
  const remove = index.prepare<[RunId]>('DELETE FROM error WHERE run = ?')

  const opened = (run: RunId, { id, step, fingerprint, status, causedBy, openedAt }: ErrorRecord) => (): unknown =>
    open.run(run, id, step, fingerprint, status, causedBy === null ? 0 : 1, openedAt, openedAt)

  function* follow({ run, at, events }: RunEntry): Generator<() => unknown> {
    for (const event of events) {
      if (event.type === 'error_opened') yield opened(run, event.error)
      else if (event.type === 'error_recurred') yield () => recur.run(event.fingerprint, at, run, event.id)
      else if (event.type === 'recovery_began') yield () => move.run(event.recovery.strategy === 'ask' ? 'waiting' : 'recovering', run, event.id)
      else if (event.type === 'error_closed') yield () => move.run(event.status, run, event.id)
    }
  }

  return (slice) => {
    const writes = slice.entries.flatMap((entry) => (entry.run === null ? [] : [...follow(entry)]))
    return () => {
      for (const write of writes) write()
      for (const run of slice.removed) remove.run(run)
    }
  }
}
