import type Database from 'better-sqlite3'
import type { RunEntry } from '../../../model/entry.ts'
import type { Failure } from '../../../model/failure.ts'
import { fingerprint } from '../../../model/fingerprint.ts'
import type { RunId, StepId, WorkflowName } from '../../../model/ids.ts'
import type { Follow, Projection } from '../projection.ts'

/** Where each run failed that did, what failures are like its own, and since which child of its it did, where that failed. A run that is on its way there has no `at` yet. */
export const failures: Projection = {
  name: 'failures',
  version: 3,

  create: (index) =>
    index.exec(`
      CREATE TABLE failed_run (
        run TEXT PRIMARY KEY,
        step TEXT,
        fingerprint TEXT NOT NULL,
        child TEXT,
        at INTEGER
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX failed_run_by_time ON failed_run (at) WHERE at IS NOT NULL;
    `),

  follow: (index, store) => followFailures(index, store),
}

function followFailures(index: Database.Database, store: Database.Database): Follow {
  const begin = index.prepare<[RunId, StepId | null, string, RunId | null]>(
    `INSERT INTO failed_run (run, step, fingerprint, child) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET step = excluded.step, fingerprint = excluded.fingerprint, child = excluded.child`,
  )
  const move = index.prepare<[number | null, RunId]>('UPDATE failed_run SET at = ? WHERE run = ?')
  const remove = index.prepare<[RunId]>('DELETE FROM failed_run WHERE run = ?')
  // A run's workflow never changes, so the store may well be ahead of the entries.
  const workflowOf = store.prepare<[RunId], WorkflowName>('SELECT workflow FROM run WHERE id = ?').pluck()

  function* failing(run: RunId, step: StepId | null, failure: Failure): Generator<() => void> {
    const workflow = workflowOf.get(run)
    if (workflow === undefined) return
    yield () => begin.run(run, step, fingerprint({ workflow, step }, failure), failure.child?.run ?? null)
  }

  function* follow({ run, at, events }: RunEntry): Generator<() => void> {
    for (const event of events) {
      if (event.type === 'run_moved') yield () => move.run(event.to === 'failed' ? at : null, run)
      if (event.type !== 'run_closing') continue
      const { outcome, failure } = event.closing
      if (outcome === 'failed' && failure !== null) yield* failing(run, stepIn(events), failure)
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

/** The step by which a run that closes in the same entry fails. */
function stepIn(events: RunEntry['events']): StepId | null {
  return events.findLast((event) => event.type === 'step_failed')?.step ?? null
}
