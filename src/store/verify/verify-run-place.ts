import type Database from 'better-sqlite3'
import type { JournalEntry } from '../../model/entry.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import type { RunRow } from '../format/rows.ts'
import { notAsJournaled } from '../read/current-row.ts'
import { journalReader } from '../read/journal.ts'
import { runReader } from '../read/runs.ts'
import type { Findings } from './findings.ts'

/**
 * That a run is where it is looked for: the indexes lead to it, and the newest entry that the journal has of it left its row as it
 * is. What is wrong with an index or the journal is not of the run. Answers whether its row is.
 */
export function runPlaceVerifier(db: Database.Database, findings: Findings): (run: RunRow) => boolean {
  const journal = journalReader(db)
  const runs = runReader(db)
  const byStatus = db.prepare<[string, number]>('SELECT 1 FROM run INDEXED BY run_by_status WHERE status = ? AND number = ?').pluck()
  const byWorkflow = db
    .prepare<[string, string, number]>('SELECT 1 FROM run INDEXED BY run_by_workflow WHERE workflow = ? AND status = ? AND number = ?')
    .pluck()

  /** @throws CorruptionFound */
  const assertFound = ({ record: { id, status, workflow }, number }: RunRow): void => {
    const lookups = [byStatus.get(status, number), byWorkflow.get(workflow, status, number)]
    if (runs.numberOf(id) === number && !lookups.includes(undefined)) return
    throw new CorruptionFound('run', id, 'it is not found by its id, its status or its workflow')
  }

  /** The journal is of no run, and no run is mistrusted for it; whose entry it is helps whoever looks. @throws CorruptionFound */
  const newestOf = ({ record: { id }, number }: RunRow): JournalEntry => {
    try {
      const [newest] = journal.ofRunBefore(id, number, Number.MAX_SAFE_INTEGER, 1)
      if (newest !== undefined) return newest
    } catch (error) {
      if (!(error instanceof CorruptionFound) || error.object !== 'journal') throw error
      throw new CorruptionFound(error.object, error.key, `${error.detail}; it is filed under run ${id}`)
    }
    throw new CorruptionFound('run', id, 'the journal has nothing of it')
  }

  /** Undefined where it cannot be read. */
  const newestRead = (run: RunRow): JournalEntry | undefined => {
    let newest: JournalEntry | undefined
    findings.check('journal', run.record.id, () => {
      newest = newestOf(run)
    })
    return newest
  }

  return (run) => {
    const { number, record } = run
    findings.at({ section: 'runs', after: [number, 0] })
    findings.checkAll('run', record.id, () => assertFound(run))
    const newest = newestRead(run)
    findings.at({ section: 'runs', after: [number, 0] }, record.id)
    return newest !== undefined && findings.check('run', record.id, () => assertVersion(run, newest))
  }
}

/** @throws CorruptionFound where the run's row is not as its newest entry left it */
function assertVersion(run: RunRow, newest: JournalEntry): void {
  const { id, version } = run.record
  if (newest.run !== id || newest.version !== version) throw notAsJournaled(run, newest)
}
