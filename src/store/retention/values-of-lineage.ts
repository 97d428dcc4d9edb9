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

export interface StoredValue {
  readonly address: Address
  readonly bytes: number
  /** Whether it is stored as sensitive. */
  readonly isSensitive: boolean
}

export const bytesOfValue = 'octet_length(address) + coalesce(octet_length(salt), 0) + octet_length(body)'

/** The values of a lineage. */
export function valueLister(db: Database.Database): (lineage: number) => StoredValue[] {
  const all = db
    .prepare<[number], [Uint8Array, number, number]>(`SELECT address, ${bytesOfValue}, salt IS NOT NULL FROM value WHERE lineage = ?`)
    .raw()
  return (lineage) => all.all(lineage).map(([address, bytes, isSensitive]) => ({ address: Address.parse(toHex(address)), bytes, isSensitive: isSensitive === 1 }))
}

/** Every value that a run names: its rows, and its checkpoints from the first to the newest, less those that are cut. It throws CorruptionFound. */
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

