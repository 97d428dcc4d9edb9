import type Database from 'better-sqlite3'
import type { JournalEntry } from '../../model/entry.ts'
import type { RunId } from '../../model/ids.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import type { RunRow } from '../format/rows.ts'
import { ifWhole } from './if-whole.ts'
import { journalReader } from './journal.ts'
import { runReader } from './runs.ts'

/**
 * Reads the row of a run that is to be worked on, or to go. An earlier one of it is whole by itself, and to go by that would hide what it
 * has lost. Where the newest entry cannot be read, no run is mistrusted for it. Both throw CorruptionFound.
 */
export function currentRowReader(db: Database.Database) {
  const runs = runReader(db)
  const journal = journalReader(db)

  const current = (run: RunRow): RunRow => {
    const { id, version } = run.record
    const [newest] = ifWhole(() => journal.ofRunBefore(id, run.number, Number.MAX_SAFE_INTEGER, 1)) ?? []
    if (newest?.run === id && newest.version > version) throw notAsJournaled(run, newest)
    return run
  }

  return {
    byId: (id: RunId): RunRow | undefined => {
      const run = runs.byId(id)
      return run && current(run)
    },

    /** That another row names. */
    byNumber: (number: number): RunRow => current(runs.byNumber(number)),
  }
}

export function notAsJournaled({ record: { id, version } }: RunRow, newest: JournalEntry): CorruptionFound {
  const journaled = newest.run === id ? newest.version : 'none'
  return new CorruptionFound('run', id, `the journal has it at version ${journaled}, its row at ${version}`)
}
