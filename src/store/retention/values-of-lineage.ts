/**
 * Values of a lineage that nothing reads any more: a run and its replays share them, so that one goes when the last run of
 * the lineage goes that names it.
 */
import type Database from 'better-sqlite3'
import { toHex } from '../format/sha256.ts'
import type { RunRow } from '../format/rows.ts'
import { checkpointReader } from '../read/checkpoints.ts'
import { addressesIn, addressesOf } from '../read/named-values.ts'
import { runRowsReader } from '../read/run-rows.ts'

/** Checkpoints that are read at once. */
const slice = 1_000

export interface UnreadValue {
  readonly rowid: number
  readonly bytes: number
}

interface StoredValue extends UnreadValue {
  readonly address: Uint8Array
}

export const bytesOfValue = 'octet_length(address) + coalesce(octet_length(salt), 0) + octet_length(body)'

/** The values of a lineage that these runs of it do not name. It throws CorruptionFound where one of them is damaged. */
export function unreadValues(db: Database.Database): (lineage: number, runs: readonly RunRow[]) => UnreadValue[] {
  const all = db.prepare<[number], StoredValue>(`SELECT rowid, address, ${bytesOfValue} AS bytes FROM value WHERE lineage = ?`)
  const namesOf = nameReader(db)

  return (lineage, runs) => {
    const named = new Set(runs.flatMap((run) => [...namesOf(run)]))
    return all.all(lineage).filter(({ address }) => !named.has(toHex(address)))
  }
}

/** Every value that a run names: its rows, and its checkpoints from the first to the newest. */
export function nameReader(db: Database.Database): (run: RunRow) => Set<string> {
  const rowsOf = runRowsReader(db)
  const { chain } = checkpointReader(db)

  return (run) => {
    const named = new Set<string>(addressesOf(run, rowsOf(run)))
    for (let first = 0; first < run.ledger.checkpoints; first += slice) {
      const last = Math.min(first + slice, run.ledger.checkpoints) - 1
      for (const checkpoint of chain(run, first, last)) for (const address of addressesIn(checkpoint)) named.add(address)
    }
    return named
  }
}

