/** Errors of the store itself, among those of runs: what verification finds, and no run has on record. */
import type Database from 'better-sqlite3'
import type { HostEntry, JournalEntry } from '../../../model/entry.ts'
import type { ErrorOfStore } from '../../../model/error-record.ts'
import type { Failure, FailureClass } from '../../../model/failure.ts'
import { fingerprint } from '../../../model/fingerprint.ts'
import type { Instant, RunId } from '../../../model/ids.ts'
import { keyOf, toldByRun } from '../../../model/integrity.ts'
import { severityOf } from '../../../model/severity.ts'
import { ErrorStatus } from '../../../model/status.ts'
import { journalReader } from '../../read/journal.ts'
import { parsed } from '../parsed.ts'

/** What a row names for its run where it is of none. */
export const ofStore = ''

type Found = [string, FailureClass, string, RunId | null, RunId | null, Instant, Instant, string, RunId | null]

/** Answers what an entry makes of the table of errors. */
export function damageFollower(index: Database.Database) {
  // What its run has on record is told with that one's run, like whatever follows from another error.
  const isOnRecord = `SELECT 1 FROM error WHERE run = ? AND class = 'corruption' AND closed_at IS NULL`
  const find = index.prepare<[...Found, string]>(
    `INSERT OR REPLACE INTO error (run, id, class, fingerprint, of, unread, opened_at, at, finding, status, unknown_for, follows)
     SELECT '${ofStore}', ?, ?, ?, ?, ?, ?, ?, ?, 'waiting', 0, EXISTS (${isOnRecord})
     WHERE NOT EXISTS (SELECT 1 FROM error WHERE finding = ? AND closed_at IS NULL)`,
  )
  const mend = index.prepare<[Instant, string]>(`UPDATE error SET status = 'recovered', closed_at = ? WHERE finding = ? AND closed_at IS NULL`)
  const mendAll = index.prepare<[Instant]>(`UPDATE error SET status = 'recovered', closed_at = ? WHERE finding IS NOT NULL AND closed_at IS NULL`)
  const told = index.prepare<[RunId]>(`UPDATE error SET follows = 1 WHERE finding IS NOT NULL AND of = ? AND closed_at IS NULL`)
  const untold = index.prepare<[RunId, RunId]>(
    `UPDATE error SET follows = 0 WHERE finding IS NOT NULL AND of = ? AND closed_at IS NULL AND NOT EXISTS (${isOnRecord})`,
  )
  const isUnread = index.prepare<[RunId], number>('SELECT 1 FROM error WHERE finding IS NOT NULL AND closed_at IS NULL AND unread = ? LIMIT 1').pluck()

  function* ofHost({ at, position, events }: HostEntry & Pick<JournalEntry, 'position'>): Generator<() => unknown> {
    for (const [nth, event] of events.entries()) {
      if (event.type === 'damage_found') {
        const { finding, failure } = event
        const key = keyOf(finding)
        const of = toldByRun(finding)
        const unread = of === null && !finding.isPast ? finding.run : null
        yield () => find.run(idOf(position, nth), failure.class, likeness(failure), of, unread, at, at, key, of, key)
      } else if (event.type === 'damage_mended') yield () => mend.run(at, keyOf(event.finding))
      // What takes the place of a store was found whole, and nothing of the one before it is known to who looks next.
      else if (event.type === 'backup_restored' || event.type === 'store_encrypted') yield () => mendAll.run(at)
    }
  }

  return {
    ofHost,
    toldBy: (run: RunId) => told.run(run),
    /** An error of the run is closed: what of it stands damaged is the store's own, unless the run has another on record. */
    closedBy: (run: RunId) => untold.run(run, run),
    /** Whether damage of its control rows is on record: what the run tells of that nobody can read then, and it follows from it. */
    isUnread: (run: RunId) => isUnread.get(run) !== undefined,
  }
}

/** Reads an error of the store by its id; undefined where there is none. @throws CorruptionFound where what tells of it is damaged itself */
export function damageReader(index: Database.Database, store: Database.Database): (id: string) => ErrorOfStore | undefined {
  const journal = journalReader(store)
  const stands = index.prepare<[string], { status: string; closedAt: Instant | null }>(`SELECT status, closed_at AS closedAt FROM error WHERE run = '${ofStore}' AND id = ?`)

  return (id) => {
    const { position, nth } = placeOf(id)
    const row = stands.get(id)
    const [entry] = journal.after(position - 1, 1)
    const event = entry?.run === null ? entry.events[nth] : undefined
    if (row === undefined || entry === undefined || event?.type !== 'damage_found') return undefined
    const { finding, failure } = event
    const how = { status: parsed(ErrorStatus, row.status), severity: severityOf(failure.class, null), openedAt: entry.at, closedAt: row.closedAt }
    return { run: null, workflow: null, error: { ...how, entry: position, finding, failure, fingerprint: likeness(failure) } }
  }
}

const likeness = (failure: Failure): string => fingerprint({ workflow: null, step: null }, failure)

/** Its entry, and which event of that it is; in the order of what was found. */
const idOf = (position: number, nth: number): string => `${String(position).padStart(16, '0')}.${String(nth).padStart(4, '0')}`

function placeOf(id: string): { readonly position: number; readonly nth: number } {
  const [position, nth] = id.split('.')
  return { position: Number(position), nth: Number(nth) }
}
