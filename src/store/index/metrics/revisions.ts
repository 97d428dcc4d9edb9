import type Database from 'better-sqlite3'
import type { WorkflowName } from '../../../model/ids.ts'
import type { StoredRevision } from '../../../model/workflow-views.ts'
import { always } from '../../measure/widths.ts'
import { revisionReader } from '../../read/revisions.ts'
import type { Sums } from './sums.ts'

/** Every revision of a workflow that was ever stored, newest first, with how many runs pin it. */
export function storedRevisionReader(store: Database.Database, sums: Sums): (workflow: WorkflowName) => StoredRevision[] {
  const revisions = revisionReader(store)

  /** @throws CorruptionFound */
  return (workflow) => {
    const outcomes = sums.totals('run', always.from, always.to, workflow)
    const pins = outcomes.find(({ name }) => name === 'started')?.counts
    return revisions
      .of(workflow)
      .map(({ hash, manifest: { version, file }, loadedAt }) => ({
        hash,
        version,
        file,
        storedAt: loadedAt,
        runs: pins?.get(hash) ?? 0,
      }))
      .toSorted((a, b) => b.storedAt - a.storedAt)
  }
}
