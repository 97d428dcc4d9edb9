/**
 * What has come about since a plan was made, looked at a little in each transaction.
 *
 * Invariants:
 * 1. Whatever a run comes to name an entry of it names by its address, but what a replay took from its origin: nothing names that anew.
 * 2. Each run and each entry is looked at once, in turn, so many of them in a transaction: what one costs hangs neither on how many runs a
 *    lineage has, nor on how much was done while the plan was made.
 * 3. How far it was looked holds once that is committed. What was heard in a transaction that was undone stays heard: no more comes of that
 *    than that something stays.
 */
import type Database from 'better-sqlite3'
import type { Position } from '../../model/entry.ts'
import type { RunId } from '../../model/ids.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { cryptOf } from '../crypt/unlock.ts'
import { isRemoved } from '../format/journal-digest.ts'
import { openRow, type RawRow, rowColumns } from '../format/row.ts'
import { runFormat, type RunRow } from '../format/rows.ts'
import { linkedReader } from '../read/journal.ts'
import type { Looked } from './removable.ts'

/** Entries and begun runs that are looked at in one transaction. To read a run's row takes longer. */
const mostEntries = 1_000
const mostBegun = 100

/** How far it was looked, and what has come about up to there. */
export interface Since extends Pick<Looked, 'upTo' | 'position'> {
  readonly heard: Heard
}

export interface LookedFurther {
  readonly since: Since
  /** Whether that is all there is: nothing may go before. */
  readonly isAll: boolean
}

/** What has come about in the lineages that a plan names. */
export class Heard {
  readonly #lineages: Map<number, number>
  readonly #named = new Map<number, Set<string>>()
  readonly #damaged = new Map<number, CorruptionFound>()
  readonly #replayed = new Set<RunId>()
  readonly #grown = new Set<number>()
  readonly #orphaned = new Set<number>()

  constructor({ lineages }: Looked) {
    this.#lineages = new Map(lineages)
  }

  /** The addresses that its runs have come to name. @throws CorruptionFound where an entry of one of them is damaged */
  addressesOf(lineage: number): ReadonlySet<string> {
    const damage = this.#damaged.get(lineage)
    if (damage !== undefined) throw damage
    return this.#namedIn(lineage)
  }

  /** Whether a replay of the run has begun. */
  isReplayed(run: RunId): boolean {
    return this.#replayed.has(run)
  }

  /** Whether a replay has begun in the lineage. */
  hasGrown(lineage: number): boolean {
    return this.#grown.has(lineage)
  }

  /** Whether a replay has begun in it of a run that was gone by then: what that named this one does, and nobody tells. */
  isOrphaned(lineage: number): boolean {
    return this.#orphaned.has(lineage)
  }

  begins({ number, lineage, record: { origin } }: RunRow, isThere: (run: RunId) => boolean): void {
    if (origin === null) return
    this.#lineages.set(number, lineage)
    this.#replayed.add(origin.run)
    this.#grown.add(lineage)
    if (!isThere(origin.run)) this.#orphaned.add(lineage)
  }

  /** Hears an entry of a run, where it is of one of those lineages. */
  says(run: number, read: () => string): void {
    const lineage = this.#lineages.get(run)
    if (lineage === undefined) return
    const named = this.#namedIn(lineage)
    this.#named.set(lineage, named)
    try {
      for (const [address] of read().matchAll(/[0-9a-f]{64}/g)) named.add(address)
    } catch (error) {
      if (!(error instanceof CorruptionFound)) throw error
      this.#damaged.set(lineage, error)
    }
  }

  #namedIn(lineage: number): Set<string> {
    return this.#named.get(lineage) ?? new Set()
  }
}

/** Looks further, within the transaction that is open. The answer throws CorruptionFound where a run's row is damaged or an entry is not there. */
export function sinceReader(db: Database.Database): (since: Since) => LookedFurther {
  const crypt = cryptOf(db)
  const runsAfter = db
    .prepare<[number], RawRow>(`SELECT ${rowColumns(runFormat)} FROM run WHERE number > ? ORDER BY number LIMIT ${mostBegun}`)
    .raw()
  const entriesAfter = db
    .prepare<[Position], [position: Position, run: number | null]>(
      `SELECT position, run FROM journal WHERE position > ? ORDER BY position LIMIT ${mostEntries}`,
    )
    .raw()
  const isThere = db.prepare<[RunId], number>('SELECT 1 FROM run WHERE id = ?').pluck()
  const linked = linkedReader(db)

  const textAt = (position: Position): string => {
    const body = linked(position)
    const text = isRemoved(body) ? '' : crypt.openText('journal', [position], body)
    if (text === undefined) throw new CorruptionFound('journal', String(position), 'it was not encrypted to stand here')
    return text
  }

  return (since) => {
    const { heard } = since
    const begun = runsAfter.all(since.upTo).map((row) => openRow(crypt, runFormat, row).content)
    for (const run of begun) heard.begins(run, (id) => isThere.get(id) !== undefined)
    const upTo = begun.at(-1)?.number ?? since.upTo
    // Whose an entry is is known once its run is.
    if (begun.length === mostBegun) return { since: { ...since, upTo }, isAll: false }
    let { position } = since
    const entries = entriesAfter.all(position)
    for (const [at, run] of entries) {
      position += 1
      if (at !== position) throw new CorruptionFound('journal', String(position), 'the entry is not there')
      if (run !== null) heard.says(run, () => textAt(at))
    }
    return { since: { heard, upTo, position }, isAll: entries.length < mostEntries }
  }
}
