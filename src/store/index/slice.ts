/**
 * A slice of the journal, and what the store holds of the runs that it speaks of.
 *
 * Invariants:
 * 1. Whichever projections ask for it, a row is read once: what was read is at hand as long as the slice is read.
 * 2. A row that is damaged is as one that is not there: the store's verification is what tells of it.
 * 3. An entry that is damaged is not in it; its run is, as it stands.
 * 4. No more than so many octets of values are at hand; what comes beyond is read for each who asks.
 */
import type Database from 'better-sqlite3'
import type { JournalEntry, RunEntry } from '../../model/entry.ts'
import type { Address, RunId } from '../../model/ids.ts'
import type { RunRow } from '../format/rows.ts'
import { ifWhole } from '../read/if-whole.ts'
import type { WholeEntries } from '../read/journal.ts'
import { lineageReader, type NumberedLineage } from '../read/lineages.ts'
import { runReader } from '../read/runs.ts'
import { type StandingValue, valueReader } from '../read/values.ts'

export interface Slice {
  /** Oldest first. */
  readonly entries: readonly JournalEntry[]
  /** The entries of each run, oldest first; none, of one of which only damaged ones are in it. */
  readonly runs: ReadonlyMap<RunId, readonly RunEntry[]>
  /** Runs that the entries say were removed. */
  readonly removed: readonly RunId[]
  /** Runs that the entries say stay without some of their checkpoints. */
  readonly trimmed: readonly RunId[]
  /** A run as it stands now; undefined where it is damaged, or not there. */
  run(id: RunId): RunRow | undefined
  /** A value of a run; undefined where it is damaged, or not there. */
  value(run: RunRow, address: Address): StandingValue | undefined
}

const mostOctets = 8_000_000

/** Makes slices of what is whole of the journal; the rows are read within the transaction in which the entries were. */
export function sliceReader(store: Database.Database): (whole: Pick<WholeEntries, 'entries' | 'runs'>) => Slice {
  const runs = runReader(store)
  const lineages = lineageReader(store)
  const values = valueReader(store)

  return ({ entries, runs: besides }) => {
    const run = once((id: RunId) => ifWhole(() => runs.byId(id)))
    const lineage = once((number: number) => ifWhole(() => lineages.byNumber(number)))
    const atHand = new Map<string, StandingValue>()
    let octets = 0

    const read = (of: NumberedLineage, address: Address): StandingValue | undefined => {
      const name = `${of.number} ${address}`
      const known = atHand.get(name)
      if (known !== undefined) return known
      const value = ifWhole(() => values.standing(of, address))
      if (value !== undefined && octets + value.bytes <= mostOctets) {
        octets += value.bytes
        atHand.set(name, value)
      }
      return value
    }

    return {
      entries,
      runs: byRun(entries, besides),
      removed: removedIn(entries),
      trimmed: trimmedIn(entries),
      run,
      value: (row, address) => {
        const of = lineage(row.lineage)
        return of && read(of, address)
      },
    }
  }
}

function byRun(entries: readonly JournalEntry[], besides: readonly RunId[]): Map<RunId, RunEntry[]> {
  const found = new Map<RunId, RunEntry[]>(besides.map((run) => [run, []]))
  for (const entry of entries) {
    if (entry.run === null) continue
    const its = found.get(entry.run)
    if (its === undefined) found.set(entry.run, [entry])
    else its.push(entry)
  }
  return found
}

function removedIn(entries: readonly JournalEntry[]): RunId[] {
  return entries.flatMap(({ events }) => events.flatMap((event) => (event.type === 'runs_removed' ? event.runs.map(({ run }) => run) : [])))
}

function trimmedIn(entries: readonly JournalEntry[]): RunId[] {
  return entries.flatMap(({ events }) => events.flatMap((event) => (event.type === 'checkpoints_removed' ? event.run : [])))
}

function once<Key, Found>(read: (key: Key) => Found): (key: Key) => Found {
  const known = new Map<Key, Found>()
  return (key) => {
    const found = known.get(key) ?? read(key)
    known.set(key, found)
    return found
  }
}
