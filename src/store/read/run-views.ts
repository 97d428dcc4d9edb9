import type Database from 'better-sqlite3'
import type { RunId } from '../../model/ids.ts'
import type { RunDetail, RunFilter, RunPage } from '../../model/views.ts'
import { summaryOf } from '../format/summary.ts'
import { journalReader } from './journal.ts'
import { revisionReader } from './revisions.ts'
import { passReader } from './passes.ts'
import { runRowsReader } from './run-rows.ts'
import { runReader } from './runs.ts'

export function runViewReader(db: Database.Database) {
  const runs = runReader(db)
  const rowsOf = runRowsReader(db)
  const passesOf = passReader(db)
  const revisions = revisionReader(db)
  const journal = journalReader(db)

  return {
    page: (filter: RunFilter): RunPage => {
      const { runs: found, damaged, hasMore } = runs.page(filter, filter.limit)
      return { runs: found.map(summaryOf), next: hasMore ? (found.at(-1)?.record.id ?? null) : null, damaged: [...damaged] }
    },

    /** @throws CorruptionFound */
    detail: (id: RunId): RunDetail | undefined => {
      const run = runs.byId(id)
      if (run === undefined) return undefined
      const rows = rowsOf(run)
      return {
        position: journal.end().position,
        record: run.record,
        manifest: revisions.manifest(run.record.revision),
        steps: passesOf(run, rows).all(),
        attempts: rows.attempts,
        decisions: rows.decisions,
        errors: rows.errors,
      }
    },
  }
}
