import type Database from 'better-sqlite3'
import { counted } from '../../model/counted.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { isRemoved } from '../format/journal-digest.ts'
import { Tally } from '../format/ledger.ts'
import { removedFormat, type RemovedRow } from '../format/rows.ts'
import { removedRunReader } from '../read/removed-runs.ts'
import { runReader } from '../read/runs.ts'
import { tablesOfRun } from '../retention/parts-of-run.ts'
import type { Findings } from './findings.ts'
import { verifyControlRows } from './verify-control-rows.ts'
import type { Walk } from './walk-rows.ts'

interface Entry {
  readonly body: unknown
  readonly digest: unknown
}


/** What is left of each removed run: as many emptied entries of the journal as it says, those and no others, and nothing else. */
export function verifyRemoved(db: Database.Database, findings: Findings): Walk {
  const removed = removedRunReader(db)
  const runs = runReader(db)
  const entries = db.prepare<[number], Entry>('SELECT body, digest FROM journal WHERE run = ? ORDER BY position')
  const leavings = tablesOfRun.map(({ table, ofRun }) => ({
    table,
    of: db.prepare<{ run: number }, number>(`SELECT 1 FROM ${table} WHERE ${ofRun} LIMIT 1`).pluck(),
  }))

  const further = ({ number, run: { id }, isUnderWay, entries: count, tally }: RemovedRow): void => {
    const corrupt = (detail: string): CorruptionFound => new CorruptionFound('removed_run', id, detail)
    if (removed.numberOf(id) !== number) throw corrupt('it is not found by its id')
    if (runs.numberOf(id) !== undefined) throw corrupt('it is among the runs as well')
    const sum = new Tally()
    let emptied = 0
    for (const { body, digest } of entries.iterate(number)) {
      if (typeof body === 'string' && isRemoved(body)) {
        emptied += 1
        if (digest instanceof Buffer) sum.enter(digest)
      } else if (!isUnderWay) throw corrupt('the journal has an entry of it that is not removed')
    }
    if (emptied !== count || sum.sum !== tally) throw corrupt(`${counted(count, 'entry of it was', 'entries of it were')} removed, and the journal has others`)
    const still = isUnderWay ? undefined : leavings.find(({ of }) => of.get({ run: number }) !== undefined)
    if (still !== undefined) throw corrupt(`${still.table} has rows of it`)
  }

  return verifyControlRows(db, findings, { section: 'removed', format: removedFormat, keyed: 1 }, further)
}
