import type Database from 'better-sqlite3'
import { hostActor } from '../../model/actor.ts'
import type { HostEntry, JournalEntry, Position, RunEntry } from '../../model/entry.ts'
import type { Checksum, RunId } from '../../model/ids.ts'
import type { RemovedRun } from '../../model/retention.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { cryptOf } from '../crypt/unlock.ts'
import { readEntry } from '../format/entry.ts'
import { chain, genesis, isRemoved } from '../format/journal-digest.ts'
import { fromHex, sameBytes, storedDigest } from '../format/sha256.ts'
import { ifWhole } from './if-whole.ts'
import { removedRunReader } from './removed-runs.ts'
import { standingEntries, type StoredEntry } from './standing-entries.ts'

/** Where the journal ends. */
export interface JournalHead {
  readonly position: Position
  readonly digest: Checksum
}

/** What can be read of a part of the journal. */
export interface WholeEntries {
  /** Oldest first. */
  readonly entries: readonly JournalEntry[]
  /** Positions of those that are damaged. */
  readonly damaged: readonly Position[]
  /** Runs that these are filed under. */
  readonly runs: readonly RunId[]
  /** The last of both of which the digest stands; undefined where there is none. */
  readonly last: JournalHead | undefined
}

export type JournalReader = ReturnType<typeof journalReader>

/** Reads the digests that the journal is a chain of. It asks for no more than every schema has. */
export function chainReader(db: Database.Database) {
  const stored = db.prepare<[number]>('SELECT digest FROM journal WHERE position = ?').pluck()
  const newest = db.prepare<[], number>('SELECT max(position) FROM journal').pluck()
  const upTo = db.prepare<[number], number>('SELECT max(position) FROM journal WHERE position <= ?').pluck()
  const last = (): Position => newest.get() ?? 0
  /** The digest at a position; undefined where there is no entry. */
  const digestAt = (position: Position): Checksum | undefined => (position === 0 ? genesis : storedDigest(stored.get(position)))

  /** The last of which the digest stands, as far as pages can be read: behind that may come what is damaged. */
  const end = (): JournalHead => {
    const whole = ifWhole(last)
    let [read, unread] = whole === undefined ? [0, Number.MAX_SAFE_INTEGER] : [whole, whole + 1]
    while (unread - read > 1) {
      const middle = Math.floor((read + unread) / 2)
      if (ifWhole(() => ({ found: upTo.get(middle) })) === undefined) unread = middle
      else read = middle
    }
    for (let position = ifWhole(() => upTo.get(read)) ?? 0; position > 0; position -= 1) {
      const digest = ifWhole(() => digestAt(position))
      if (digest !== undefined) return { position, digest }
    }
    return { position: 0, digest: genesis }
  }

  return {
    last,
    digestAt,
    end,

    /** @throws CorruptionFound */
    head: (): JournalHead => {
      const position = last()
      const digest = digestAt(position)
      if (digest === undefined) throw corrupt(position, 'its digest is not there')
      return { position, digest }
    },
  }
}

/** Reads the body of an entry within the transaction that is open, held against the chain. It throws CorruptionFound. */
export function linkedReader(db: Database.Database): (position: Position) => string {
  const at = db.prepare<[Position], StoredEntry>(
    `SELECT position, run, body, digest, (SELECT digest FROM journal AS link WHERE link.position = journal.position - 1) AS before
     FROM journal WHERE position = ?`,
  )
  return (position) => {
    const stored = at.get(position)
    if (stored === undefined) throw notThere(position)
    return linked(stored).body
  }
}

export function journalReader(db: Database.Database) {
  const crypt = cryptOf(db)
  const { last, digestAt, end, head } = chainReader(db)
  const standing = standingEntries(db, () => ifWhole(last) ?? end().position)
  const removed = removedRunReader(db)

  const openEntry = (stored: StoredEntry): JournalEntry => {
    const { position, run } = stored
    const { body, digest: found } = linked(stored)
    const entry = isRemoved(body) ? removedEntry(removed.byNumber(Number(run)).run) : said(position, crypt.openText('journal', [position], body))
    return { ...entry, position, digest: found }
  }

  return {
    /** Entries after a position, oldest first, each held against the chain. @throws CorruptionFound */
    after: (position: Position, limit: number): JournalEntry[] =>
      gapless(standing.after(position, limit).map(openEntry), position + 1),

    /** Entries after a position, less those that are damaged: they are told beside them. Of more than so many where nothing stands of the first. */
    wholeAfter: (position: Position, limit: number): WholeEntries => {
      const found = standing.past(position, limit)
      const read = found.map((each) => ifWhole(() => openEntry(each)))
      const damaged = found.filter((_, index) => read[index] === undefined)
      const last = found.findLast(({ digest }) => storedDigest(digest) !== undefined)
      return {
        entries: read.filter((entry) => entry !== undefined),
        damaged: damaged.map((each) => each.position),
        runs: standing.runsOf(damaged),
        last: last && { position: last.position, digest: storedDigest(last.digest) ?? genesis },
      }
    },

    /** Whether an entry is there and cannot be read. */
    isDamaged: (position: Position): boolean => standing.at(position).some((each) => ifWhole(() => openEntry(each)) === undefined),

    /** The newest before a position, oldest first, each held against the chain. @throws CorruptionFound */
    before: (position: Position, limit: number): JournalEntry[] => {
      const end = Math.min(position - 1, last())
      const entries = standing.before(position, limit).map(openEntry)
      if (end > 0 && entries.at(-1)?.position !== end) throw notThere(end)
      return gapless(entries, entries[0]?.position ?? 1)
    },

    /** Those after a position of one run, which has the number `number`. @throws CorruptionFound */
    ofRun: (run: RunId, number: number, position: Position, limit: number): JournalEntry[] =>
      inTurn(standing.ofRun(number, position, limit).map(openEntry), run),

    /** The newest before a position of one run, oldest first. @throws CorruptionFound */
    ofRunBefore: (run: RunId, number: number, position: Position, limit: number): JournalEntry[] =>
      inTurn(standing.ofRunBefore(number, position, limit).map(openEntry), run),

    digestAt,
    end,
    head,
  }
}

/** @throws CorruptionFound where they are not those of each position from `first` on */
function gapless(entries: JournalEntry[], first: Position): JournalEntry[] {
  for (const [index, { position }] of entries.entries()) {
    if (position === first + index) continue
    throw notThere(first + index)
  }
  return entries
}

const notThere = (position: Position): CorruptionFound => corrupt(position, 'the entry is not there')

/** @throws CorruptionFound where they are not of the run, one version after the other */
function inTurn(entries: JournalEntry[], run: RunId): JournalEntry[] {
  let before: number | undefined
  for (const entry of entries) {
    const follows = entry.run === run && (before === undefined || entry.version === before + 1)
    if (!follows) throw corrupt(entry.position, `it is not the next of run ${run}`)
    before = entry.version
  }
  return entries
}

/** An entry whose body and digest were held against each other. @throws CorruptionFound */
function linked({ position, body, digest, before, isUnread }: StoredEntry): { readonly body: string; readonly digest: Checksum } {
  if (isUnread) throw corrupt(position, 'the page that it stands on cannot be read')
  if (typeof body !== 'string') throw corrupt(position, 'its body is not text')
  const link = position === 1 ? genesis : storedDigest(before)
  if (link === undefined) throw corrupt(position, 'the entry before it is not there')
  const found = chain(link, body)
  if (!sameBytes(digest, fromHex(found))) throw corrupt(position, 'its digest does not match')
  return { body, digest: found }
}

/** @throws CorruptionFound */
function said(position: Position, text: string | undefined): RunEntry | HostEntry {
  if (text === undefined) throw corrupt(position, 'it was not encrypted to stand here')
  const parsed = readEntry(text)
  if (!parsed.success) throw corrupt(position, `it is whole, but not what this version reads: ${parsed.error.message}`)
  return parsed.data
}

/** What is said in the place of an entry of a run that was removed. */
function removedEntry({ id, removedAt }: RemovedRun): HostEntry {
  return { at: removedAt, actor: hostActor, correlation: null, run: null, events: [{ type: 'entry_removed', run: id }] }
}

const corrupt = (position: Position, detail: string): CorruptionFound =>
  new CorruptionFound('journal', String(position), detail)
