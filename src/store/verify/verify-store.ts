/**
 * Walks a whole store and recomputes everything that can be recomputed.
 *
 * Invariants:
 * 1. Every row of every table is read, so that no change of what the store says goes unseen.
 * 2. What is found ends one check and not the walk: the rest is looked at all the same.
 */
import type Database from 'better-sqlite3'
import { z } from 'zod'
import { checkAnchor } from '../anchor.ts'
import { journalReader } from '../read/journal.ts'
import { Finding, Findings } from './findings.ts'
import { verifyFile } from './verify-file.ts'
import { verifyJournal } from './verify-journal.ts'
import { verifyLatencies } from './verify-latencies.ts'
import { verifyLineages } from './verify-lineages.ts'
import { verifyRevisions } from './verify-revisions.ts'
import { verifyRuns } from './verify-runs.ts'
import { verifySignals } from './verify-signals.ts'

export const Verification = z.object({
  findings: z.array(Finding),
  /** How much was looked at, so that *no findings* can be told from *nothing there*. */
  checked: z.record(z.enum(['lineages', 'values', 'revisions', 'runs', 'checkpoints', 'entries', 'signals']), z.int()),
})
export type Verification = z.infer<typeof Verification>

/**
 * Reads within one transaction: a store that is being written can be verified. `goOn` is called before each row.
 * @throws GivenUp where `goOn` does
 */
export function verifyStore(db: Database.Database, anchor: string, goOn = (): void => undefined): Verification {
  const findings = new Findings(goOn)
  const checked = { lineages: 0, values: 0, revisions: 0, runs: 0, checkpoints: 0, entries: 0, signals: 0 }
  findings.check('file', db.name, () =>
    db.transaction(() => {
      // Before anything else is read, since the journal goes on and the anchor follows it.
      findings.check('journal', 'anchor', () => {
        const alarm = checkAnchor(anchor, journalReader(db))
        if (alarm !== null) findings.add('journal', 'anchor', alarm.message)
      })
      verifyFile(db, findings)
      const journal = verifyJournal(db, findings)
      checked.entries = journal.entries
      Object.assign(checked, verifyLineages(db, findings))
      checked.revisions = verifyRevisions(db, findings)
      Object.assign(checked, verifyRuns(db, findings, journal))
      checked.signals = verifySignals(db, findings)
      verifyLatencies(db, findings)
    })(),
  )
  return { findings: findings.list, checked }
}
