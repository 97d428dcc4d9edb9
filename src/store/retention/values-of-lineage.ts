/**
 * Values of a lineage that nothing reads any more: a run and its replays share them, so that one goes when the last run of
 * the lineage goes that names it.
 */
import type Database from 'better-sqlite3'
import { Address } from '../../model/ids.ts'
import { toHex } from '../format/sha256.ts'
import type { RunRow } from '../format/rows.ts'
import { checkpointReader } from '../read/checkpoints.ts'
import { addressesIn, addressesOf } from '../read/named-values.ts'
import { runRowsReader } from '../read/run-rows.ts'
import { type Gap, isWithin, joined, reaches } from '../read/stubs.ts'

/** Checkpoints that are read at once. */
const slice = 1_000

export interface UnreadValue {
  readonly rowid: number
  readonly bytes: number
}

interface StoredValue extends UnreadValue {
  readonly address: Uint8Array
  /** Whether it is stored as sensitive. */
  readonly isSensitive: 0 | 1
}

export const bytesOfValue = 'octet_length(address) + coalesce(octet_length(salt), 0) + octet_length(body)'

export function asAddresses(values: readonly StoredValue[]): Address[] {
  return values.map(({ address }) => Address.parse(toHex(address)))
}

/** Which checkpoints are as good as removed, by the numbers of their runs. */
export type Cuts = ReadonlyMap<number, readonly Gap[]>

/** The values of a lineage that these runs of it do not name. It throws CorruptionFound where one of them is damaged. */
export function unreadValues(db: Database.Database): (lineage: number, runs: readonly RunRow[], cuts?: Cuts) => StoredValue[] {
  const all = db.prepare<[number], StoredValue>(
    `SELECT rowid, address, salt IS NOT NULL AS isSensitive, ${bytesOfValue} AS bytes FROM value WHERE lineage = ?`,
  )
  const namesOf = nameReader(db)

  return (lineage, runs, cuts) => {
    const named = new Set(runs.flatMap((run) => [...namesOf(run, cuts?.get(run.number))]))
    return all.all(lineage).filter(({ address }) => !named.has(toHex(address)))
  }
}

/** Every value that a run names: its rows, and its checkpoints from the first to the newest, less those that are cut. */
export function nameReader(db: Database.Database): (run: RunRow, cuts?: readonly Gap[]) => Set<string> {
  const rowsOf = runRowsReader(db)
  const { chain, state } = checkpointReader(db)

  return (run, cuts = []) => {
    const rows = rowsOf(run)
    const gaps = joined([...rows.stubs, ...cuts])
    const named = new Set<string>(addressesOf(run, { ...rows, stubs: gaps }))
    // What went may have been the only one to name what a checkpoint behind it begins with.
    const beginnings = gaps.length === 0 ? [] : [...gaps.map(({ number }) => number), ...reaches(run, rows.branches).map(({ first }) => first)]
    for (const number of beginnings) {
      if (isWithin(gaps, number)) continue
      for (const change of state(run, number).state.values()) if ('address' in change) named.add(change.address)
    }
    for (let first = 0; first < run.ledger.checkpoints; first += slice) {
      const last = Math.min(first + slice, run.ledger.checkpoints) - 1
      for (const checkpoint of chain(run, first, last)) {
        if (!isWithin(gaps, checkpoint.number)) for (const address of addressesIn(checkpoint)) named.add(address)
      }
    }
    return named
  }
}

