/** Entries of the journal as they stand. Where a page of them cannot be read, each is read by itself: none but those on it are missed. */
import type Database from 'better-sqlite3'
import type { Position } from '../../model/entry.ts'
import { RunId } from '../../model/ids.ts'
import { ifWhole } from './if-whole.ts'

/** An entry as it stands, with the digest of the one before it (null before the first). */
export interface StoredEntry {
  readonly position: number
  readonly run: unknown
  readonly body: unknown
  readonly digest: unknown
  readonly before: unknown
  /** The page that it stands on cannot be read: nothing is known of it. */
  readonly isUnread?: true
}

/** `last` is where the journal ends. */
export function standingEntries(db: Database.Database, last: () => Position) {
  const select = `SELECT entry.position, entry.run, entry.body, entry.digest, before.digest AS before
                  FROM journal AS entry LEFT JOIN journal AS before ON before.position = entry.position - 1`
  const after = db.prepare<[number, number], StoredEntry>(`${select} WHERE entry.position > ? ORDER BY entry.position LIMIT ?`)
  const ofRunAfter = db.prepare<[number, number, number], StoredEntry>(
    `${select} WHERE entry.run = ? AND entry.position > ? ORDER BY entry.position LIMIT ?`,
  )
  const newestBefore = db.prepare<[number, number], StoredEntry>(`${select} WHERE entry.position < ? ORDER BY entry.position DESC LIMIT ?`)
  const ofRunBefore = db.prepare<[number, number, number], StoredEntry>(
    `${select} WHERE entry.run = ? AND entry.position < ? ORDER BY entry.position DESC LIMIT ?`,
  )
  const alone = db.prepare<[number], Omit<StoredEntry, 'before'>>('SELECT position, run, body, digest FROM journal WHERE position = ?')
  const digest = db.prepare<[number]>('SELECT digest FROM journal WHERE position = ?').pluck()
  // The index says by itself where the entries of a run are.
  const filed = 'FROM journal INDEXED BY journal_by_run WHERE run'
  const placesAfter = db.prepare<[number, number, number], number>(`SELECT position ${filed} = ? AND position > ? ORDER BY position LIMIT ?`).pluck()
  const placesBefore = db.prepare<[number, number, number], number>(`SELECT position ${filed} = ? AND position < ? ORDER BY position DESC LIMIT ?`).pluck()
  const filedBetween = db.prepare<[number, number], { position: number; run: number }>(`SELECT position, run ${filed} IS NOT NULL AND position BETWEEN ? AND ?`)
  const idOf = db.prepare<[number]>('SELECT id FROM run WHERE number = ?').pluck()

  /** An entry by itself; none, where there is none. */
  const at = (position: Position): StoredEntry[] => {
    const found = ifWhole(() => ({ entry: alone.get(position) }))
    if (found === undefined) return [{ position, run: undefined, body: undefined, digest: undefined, before: undefined, isUnread: true }]
    return found.entry === undefined ? [] : [{ ...found.entry, before: ifWhole(() => digest.get(position - 1)) }]
  }

  const orEach = (together: () => StoredEntry[], positions: () => readonly Position[]): StoredEntry[] => ifWhole(together) ?? positions().flatMap(at)

  const entriesAfter = (position: Position, limit: number): StoredEntry[] =>
    orEach(
      () => after.all(position, limit),
      () => range(position + 1, Math.min(position + limit, last())),
    )

  return {
    at,
    /** Each by itself, from one position to another, both included. */
    between: (first: Position, last: Position): StoredEntry[] => range(first, last).flatMap(at),
    after: entriesAfter,

    /** The same, and as many more as it takes to come to one of which something is known. */
    past: (position: Position, limit: number): StoredEntry[] => {
      const all = entriesAfter(position, limit)
      for (let more = all; more.length > 0 && more.every(({ isUnread }) => isUnread); all.push(...more)) {
        more = entriesAfter(all.at(-1)?.position ?? position, limit)
      }
      return all
    },

    /** The newest, oldest first. */
    before: (position: Position, limit: number): StoredEntry[] =>
      orEach(
        () => newestBefore.all(position, limit).toReversed(),
        () => {
          const end = Math.min(position - 1, last())
          return range(Math.max(1, end - limit + 1), end)
        },
      ),

    ofRun: (number: number, position: Position, limit: number): StoredEntry[] =>
      orEach(
        () => ofRunAfter.all(number, position, limit),
        () => placesAfter.all(number, position, limit),
      ),

    /** The newest, oldest first. */
    ofRunBefore: (number: number, position: Position, limit: number): StoredEntry[] =>
      orEach(
        () => ofRunBefore.all(number, position, limit).toReversed(),
        () => placesBefore.all(number, position, limit).toReversed(),
      ),

    /** The runs that entries are filed under: of those that cannot be read, too. */
    runsOf: (entries: readonly StoredEntry[]): RunId[] => {
      const positions = entries.flatMap(({ position, isUnread }) => (isUnread ? position : []))
      const [first] = positions
      const besides = first === undefined ? [] : (ifWhole(() => filedBetween.all(first, positions.at(-1) ?? first)) ?? [])
      const unread = new Set(positions)
      const numbers = [
        ...entries.flatMap(({ run }) => (typeof run === 'number' ? run : [])),
        ...besides.flatMap(({ position, run }) => (unread.has(position) ? run : [])),
      ]
      return [...new Set(numbers)].flatMap((number) => RunId.safeParse(ifWhole(() => idOf.get(number))).data ?? [])
    },
  }
}

const range = (first: Position, last: Position): Position[] => Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index)
