import type Database from 'better-sqlite3'
import type { RunEntry } from '../../../model/entry.ts'
import type { ErrorRecord } from '../../../model/error-record.ts'
import { type FailureClass, isOfStore } from '../../../model/failure.ts'
import type { ErrorId, Instant, Millis, RunId, StepId, WorkflowName } from '../../../model/ids.ts'
import { waitsForPerson } from '../../../model/recovery-strategy.ts'
import type { ErrorStatus } from '../../../model/status.ts'
import type { Follow, Projection } from '../projection.ts'
import { damageFollower } from './damage.ts'

/**
 * Every error of every run, and of the store itself: what it is like, when it was, how it stands, and how long it took to be known and to
 * be got over. What is told of one comes from its checked row, or from the entry that tells of it.
 */
export const errors: Projection = {
  name: 'errors',
  version: 5,

  create: (index) =>
    index.exec(`
      CREATE TABLE error (
        run TEXT NOT NULL,
        id TEXT NOT NULL,
        workflow TEXT,
        step TEXT,
        class TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        status TEXT NOT NULL,
        follows INTEGER NOT NULL,
        opened_at INTEGER NOT NULL,
        at INTEGER NOT NULL,
        closed_at INTEGER,
        unknown_for INTEGER NOT NULL,
        finding TEXT,
        of TEXT,
        unread TEXT,
        PRIMARY KEY (run, id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX error_by_time ON error (at) WHERE follows = 0;
      CREATE INDEX error_by_opening ON error (opened_at) WHERE follows = 0;
      CREATE INDEX error_by_likeness ON error (fingerprint, at) WHERE follows = 0;
      CREATE INDEX error_that_stands ON error (finding) WHERE finding IS NOT NULL AND closed_at IS NULL;
    `),

  follow: (index, store) => followErrors(index, store),
}

type Opened = [RunId, ErrorId, WorkflowName, StepId | null, FailureClass, string, ErrorStatus, number, Instant, Instant, Millis]

function followErrors(index: Database.Database, store: Database.Database): Follow {
  const open = index.prepare<Opened>(
    `INSERT OR REPLACE INTO error (run, id, workflow, step, class, fingerprint, status, follows, opened_at, at, unknown_for)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const recur = index.prepare<[string, FailureClass, Instant, RunId, ErrorId]>('UPDATE error SET fingerprint = ?, class = ?, at = ? WHERE run = ? AND id = ?')
  const move = index.prepare<[ErrorStatus, RunId, ErrorId]>('UPDATE error SET status = ? WHERE run = ? AND id = ?')
  const close = index.prepare<[ErrorStatus, Instant, RunId, ErrorId]>('UPDATE error SET status = ?, closed_at = ? WHERE run = ? AND id = ?')
  const remove = index.prepare<[RunId]>('DELETE FROM error WHERE run = ?')
  const damage = damageFollower(index)
  // A run's workflow never changes, so the store may well be ahead of the entries.
  const workflowOf = store.prepare<[RunId], WorkflowName>('SELECT workflow FROM run WHERE id = ?').pluck()

  const opened = (run: RunId, workflow: WorkflowName, error: ErrorRecord) => (): unknown => {
    const { id, step, failure, fingerprint, status, causedBy, openedAt, knowable } = error
    const unknownFor = Math.max(0, openedAt - (knowable ?? openedAt))
    const follows = causedBy !== null || (isOfStore(failure) && damage.isUnread(run))
    return open.run(run, id, workflow, step, failure.class, fingerprint, status, follows ? 1 : 0, openedAt, openedAt, unknownFor)
  }

  function* follow({ run, at, events }: RunEntry): Generator<() => unknown> {
    for (const event of events) {
      if (event.type === 'error_opened') {
        const workflow = workflowOf.get(run)
        if (workflow !== undefined) yield opened(run, workflow, event.error)
        if (isOfStore(event.error.failure)) yield () => damage.toldBy(run)
      } else if (event.type === 'error_recurred') {
        yield () => recur.run(event.fingerprint, event.failure.class, at, run, event.id)
        if (isOfStore(event.failure)) yield () => damage.toldBy(run)
      } else if (event.type === 'recovery_began') yield () => move.run(waitsForPerson(event.recovery.strategy) ? 'waiting' : 'recovering', run, event.id)
      else if (event.type === 'error_closed') {
        yield () => close.run(event.status, at, run, event.id)
        yield () => damage.closedBy(run)
      }
    }
  }

  return (slice) => {
    const writes = slice.entries.flatMap((entry) => [...(entry.run === null ? damage.ofHost(entry) : follow(entry))])
    return () => {
      for (const write of writes) write()
      for (const run of slice.removed) remove.run(run)
    }
  }
}
