import type Database from 'better-sqlite3'
import type { HostEntry, RunEntry } from '../../model/entry.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { cryptOf } from '../crypt/unlock.ts'
import { readEntry } from '../format/entry.ts'
import { chain, isRemoved } from '../format/journal-digest.ts'
import { fromHex, noDigest, sameBytes, storedDigest } from '../format/sha256.ts'
import { removedRunReader } from '../read/removed-runs.ts'
import { runReader } from '../read/runs.ts'
import { chainReader } from '../read/journal.ts'
import { ifWhole } from '../read/if-whole.ts'
import { standingEntries } from '../read/standing-entries.ts'
import type { Findings } from './findings.ts'
import { versionVerifier } from './verify-versions.ts'
import { type Walk, walkRows } from './walk-rows.ts'

interface StoredEntry {
  readonly position: number
  readonly run: unknown
  readonly body: unknown
  readonly digest: unknown
}

/** Entries that are looked up, and runs that are named, of those that cannot be read. */
const mostUnread = 10_000
const mostNamed = 20

/** The chain: no gap, no entry that was changed, none that is filed under another run than its own; and the versions of each run. */
export function verifyJournal(db: Database.Database, findings: Findings, counted: () => void): Walk {
  const crypt = cryptOf(db)
  const runs = runReader(db)
  const removed = removedRunReader(db)
  const verifyVersion = versionVerifier(db)
  const filed = db
    .prepare<[number, number]>('SELECT 1 FROM journal INDEXED BY journal_by_run WHERE run = ? AND position = ?')
    .pluck()
  const idOf = db.prepare<[number], string>('SELECT id FROM run WHERE number = ?').pluck()
  const digestAt = db.prepare<[number]>('SELECT digest FROM journal WHERE position = ?').pluck()
  const standing = standingEntries(db, chainReader(db).last)

  /** The journal is of no run, and no run is mistrusted for it; whose entry it is helps whoever looks. */
  const damage = ({ position, run }: StoredEntry, detail: string): CorruptionFound => {
    const id = typeof run === 'number' ? idOf.get(run) : undefined
    return new CorruptionFound('journal', String(position), id === undefined ? detail : `${detail}; it is filed under run ${id}`)
  }

  const look = (stored: StoredEntry, before: number): void => {
    counted()
    if (stored.position > before + 1) throw new CorruptionFound('journal', String(before + 1), `the entry is not there, and ${stored.position} comes in its place`)
    if (stored.position <= before) throw damage(stored, `entry ${before + 1} was to come`)
    const body = linked(stored)
    const entry = isRemoved(body) ? undefined : said(stored, body)
    const number = entry === undefined ? removed.byNumber(Number(stored.run)).number : numberOf(stored, entry)
    if (number === null) return
    if (filed.get(number, stored.position) === undefined) throw damage(stored, 'it is not found among those of its run')
    if (!entry?.run) return
    const wrong = verifyVersion({ entry, number, position: stored.position })
    // The journal tells what happened; it is the run that cannot be trusted for it.
    const of = runs.numberOf(entry.run) === number ? entry.run : null
    if (wrong === null) findings.couldNotSee()
    else if (wrong === undefined) findings.sawWhole('journal', String(stored.position), of)
    else findings.add('journal', String(stored.position), wrong, of)
  }

  /** The body of an entry that its digest and the one before it hold. */
  const linked = (stored: StoredEntry): string => {
    if (typeof stored.body !== 'string') throw damage(stored, 'its body is not text')
    const link = storedDigest(stored.position === 1 ? noDigest : ifWhole(() => digestAt.get(stored.position - 1)))
    if (link === undefined) throw damage(stored, 'the digest before it is not there')
    if (!sameBytes(stored.digest, fromHex(chain(link, stored.body)))) throw damage(stored, 'its digest does not match')
    return stored.body
  }

  const said = (stored: StoredEntry, body: string): RunEntry | HostEntry => {
    const text = crypt.openText('journal', [stored.position], body)
    if (text === undefined) throw damage(stored, 'it was not encrypted to stand here')
    const parsed = readEntry(text)
    if (!parsed.success) throw damage(stored, `it is whole, but not what this version reads: ${parsed.error.message}`)
    return parsed.data
  }

  /** The number of the run that an entry is of; null where it is of the workspace. @throws CorruptionFound where it is filed otherwise */
  const numberOf = (stored: StoredEntry, { run }: RunEntry | HostEntry): number | null => {
    if (run === null) {
      if (stored.run !== null) throw damage(stored, 'it is of the workspace and filed under a run')
      return null
    }
    const number = runs.numberOf(run) ?? removed.numberOf(run)
    if (number === undefined) throw new CorruptionFound('run', run, 'the journal has it and it cannot be read')
    if (stored.run !== number) {
      // Whichever of the two is damaged: a run's row that does not recompute throws here.
      runs.byId(run)
      throw damage(stored, `it is of run ${run} and filed under another`)
    }
    return number
  }

  return walkRows<StoredEntry>(db, findings, {
    section: 'journal',
    key: ['position'],
    select: 'SELECT position, run, body, digest FROM journal',
    keyOf: ({ position }) => [position],
    bytes: ({ body }) => (typeof body === 'string' ? body.length : 0),
    look: (stored, [before = 0]) =>
      findings.checkAll('journal', String(stored.position), () => look(stored, Number(before))),
    unread: ([after = 0], [upTo] = []) => {
      const first = Number(after) + 1
      const last = upTo === undefined ? undefined : Number(upTo)
      const all = standing.runsOf(standing.between(first, last ?? first + mostUnread))
      const which = last === undefined ? `all entries from ${first} on stand` : last > first ? `entries ${first} to ${last} stand` : 'it stands'
      const more = all.length > mostNamed ? ` and ${all.length - mostNamed} more` : ''
      const whose = all.length === 0 ? '' : `; runs that these are of: ${all.slice(0, mostNamed).join(', ')}${more}`
      findings.add('journal', String(first), `${which} on a page that cannot be read${whose}`)
    },
  })
}
