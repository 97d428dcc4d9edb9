import type Database from 'better-sqlite3'
import { HostEntry, RunEntry } from '../../model/entry.ts'
import type { RunId } from '../../model/ids.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { chain } from '../format/journal-digest.ts'
import { fromHex, noDigest, sameBytes, storedDigest } from '../format/sha256.ts'
import type { Findings } from './findings.ts'

interface StoredEntry {
  readonly position: number
  readonly run: unknown
  readonly body: unknown
  readonly digest: unknown
}

/** What the journal says of a run: the version that it has come to, and the number that its entries are filed under. */
interface RunAccount {
  readonly version: number
  readonly number: unknown
}

export interface JournalAccount {
  readonly entries: number
  readonly runs: ReadonlyMap<RunId, RunAccount>
}

const Written = RunEntry.or(HostEntry)

/** The chain from its beginning: no gap, no entry that was changed, no run whose entries do not follow each other. */
export function verifyJournal(db: Database.Database, findings: Findings): JournalAccount {
  const all = db.prepare<[], StoredEntry>('SELECT position, run, body, digest FROM journal ORDER BY position')
  const runs = new Map<RunId, RunAccount>()
  let position = 0
  let before: unknown = noDigest

  findings.check('journal', 'entries', () => {
    for (const stored of all.iterate()) {
      findings.check('journal', String(stored.position), () => {
        if (stored.position !== position + 1) throw damage(stored, `entry ${position + 1} was to come`)
        follow(runs, stored, open(stored, before))
      })
      position = stored.position
      before = stored.digest
    }
  })
  return { entries: position, runs }
}

function open(stored: StoredEntry, before: unknown): RunEntry | HostEntry {
  if (typeof stored.body !== 'string') throw damage(stored, 'its body is not text')
  const link = storedDigest(before)
  if (link === undefined) throw damage(stored, 'the digest before it is not there')
  if (!sameBytes(stored.digest, fromHex(chain(link, stored.body)))) throw damage(stored, 'its digest does not match')
  return Written.parse(JSON.parse(stored.body))
}

function follow(runs: Map<RunId, RunAccount>, stored: StoredEntry, entry: RunEntry | HostEntry): void {
  if (entry.run === null) {
    if (stored.run !== null) throw damage(stored, 'it is of the workspace and filed under a run')
    return
  }
  const before = runs.get(entry.run)
  runs.set(entry.run, { version: entry.version, number: stored.run })
  if (before === undefined || (before.version + 1 === entry.version && before.number === stored.run)) return
  throw damage(stored, `it does not follow the entry of run ${entry.run} before it`)
}

function damage({ position }: StoredEntry, detail: string): CorruptionFound {
  return new CorruptionFound('journal', String(position), detail)
}
