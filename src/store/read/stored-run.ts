import type Database from 'better-sqlite3'
import type { StoredRun } from '../../engine/ports.ts'
import { doneOrInDoubt } from '../../model/before.ts'
import { isOpen } from '../../model/error-record.ts'
import type { RunId } from '../../model/ids.ts'
import { currentRowReader } from './current-row.ts'
import { lineageReader } from './lineages.ts'
import { passReader } from './passes.ts'
import { runRowsReader } from './run-rows.ts'

/** Reads a run as the engine takes it up. It throws CorruptionFound where anything of the run's rows is not right. */
export function storedRunReader(db: Database.Database): (id: RunId) => StoredRun | undefined {
  const runs = currentRowReader(db)
  const rowsOf = runRowsReader(db)
  const passesOf = passReader(db)
  const lineages = lineageReader(db)

  return (id) => {
    const run = runs.byId(id)
    if (run === undefined) return undefined
    const rows = rowsOf(run)
    const { id: lineage, salt } = lineages.byNumber(run.lineage)
    return {
      record: run.record,
      lineage: { id: lineage, salt },
      steps: passesOf(run, rows).on(run.record.branch),
      attempts: rows.attempts.filter(({ status }) => status === 'running'),
      decisions: rows.decisions.filter(({ status }) => status === 'pending'),
      errors: rows.errors.filter(isOpen),
      left: doneOrInDoubt(rows.steps.filter(({ branch }) => branch !== run.record.branch), run.record),
    }
  }
}
