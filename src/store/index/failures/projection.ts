import type Database from 'better-sqlite3'
import type { JournalEntry, RunEntry } from '../../../model/entry.ts'
import type { Failure } from '../../../model/failure.ts'
import { fingerprint } from '../../../model/fingerprint.ts'
import type { RunId, StepId, WorkflowName } from '../../../model/ids.ts'
import type { Follow, Projection } from '../projection.ts'

/** Why each run failed that did, and where. A run that is on its way there has no `at` yet. */
export const failures: Projection = {
  name: 'failures',
  version: 1,

  create: (index) =>
    index.exec(`
      CREATE TABLE failed_run (
        run TEXT PRIMARY KEY,
        workflow TEXT NOT NULL,
        step TEXT,
        fingerprint TEXT NOT NULL,
        failure TEXT NOT NULL,
        at INTEGER
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX failed_run_by_time ON failed_run (at) WHERE at IS NOT NULL;
    `),

  follow: (index, store) => followFailures(index, store),
}

function followFailures(index: Database.Database, store: Database.Database): Follow {
  const begin = index.prepare<[RunId, WorkflowName, StepId | null, string, string]>(
    `INSERT INTO failed_run (run, workflow, step, fingerprint, failure) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET step = excluded.step, fingerprint = excluded.fingerprint, failure = excluded.failure`,
  )
  const move = index.prepare<[number | null, RunId]>('UPDATE failed_run SET at = ? WHERE run = ?')
  // A run's workflow never changes, so the store may well be ahead of the entries.
  const workflowOf = store.prepare<[RunId], WorkflowName>('SELECT workflow FROM run WHERE id = ?').pluck()

  const failing = (run: RunId, step: StepId | null, failure: Failure): void => {
    const workflow = workflowOf.get(run)
    if (workflow === undefined) return
    begin.run(run, workflow, step, fingerprint({ workflow, step }, failure), JSON.stringify(failure))
  }

  const follow = ({ run, at, events }: RunEntry): void => {
    for (const event of events) {
      if (event.type === 'run_moved') move.run(event.to === 'failed' ? at : null, run)
      if (event.type !== 'run_closing' || event.closing.outcome !== 'failed') continue
      failing(run, stepIn(events), event.closing.failure ?? unexplained)
    }
  }

  return (entries: readonly JournalEntry[]) => {
    for (const entry of entries) if (entry.run !== null) follow(entry)
  }
}

/** The step by which a run that closes in the same entry fails. */
function stepIn(events: RunEntry['events']): StepId | null {
  return events.findLast((event) => event.type === 'step_failed')?.step ?? null
}

const unexplained: Failure = { class: 'permanent', name: 'Unexplained', message: 'the run failed without a reason' }
