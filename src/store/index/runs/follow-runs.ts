/**
 * Takes what happened to runs into their tables.
 *
 * Invariants:
 * 1. What a run is comes from its checked row as it stands now; which values it has comes from the entries.
 * 2. A value that a schema marks sensitive is never taken.
 * 3. A run whose row is damaged stays as it was last read: the store's verification is what tells of it.
 */
import type Database from 'better-sqlite3'
import type { JournalEntry, RunEntry } from '../../../model/entry.ts'
import type { Address, RunId } from '../../../model/ids.ts'
import { CorruptionFound } from '../../../model/storage-errors.ts'
import { runReader } from '../../read/runs.ts'
import type { Follow } from '../projection.ts'
import { runWriter } from './run-writer.ts'
import { textWriter } from './text-writer.ts'

export function followRuns(index: Database.Database, store: Database.Database): Follow {
  const runs = runReader(store)
  const put = runWriter(index, store)
  const say = textWriter(index, store)

  function* follow(id: RunId, addresses: ReadonlySet<Address>): Generator<() => void> {
    const row = whole(() => runs.byId(id))
    if (row === undefined) return
    yield put(row)
    yield say.names(row)
    for (const address of addresses) yield whole(() => say.value(row, address)) ?? nothing
  }

  return (entries) => {
    const writes = [...addressesOf(entries)].flatMap(([id, addresses]) => [...follow(id, addresses)])
    return () => writes.forEach((write) => write())
  }
}

/** The values that each run came to have in these entries. */
function addressesOf(entries: readonly JournalEntry[]): Map<RunId, Set<Address>> {
  const found = new Map<RunId, Set<Address>>()
  for (const entry of entries) {
    if (entry.run === null) continue
    const addresses = found.get(entry.run) ?? new Set()
    for (const event of entry.events) for (const address of addressesIn(event)) addresses.add(address)
    found.set(entry.run, addresses)
  }
  return found
}

function addressesIn(event: RunEntry['events'][number]): readonly Address[] {
  switch (event.type) {
    case 'run_created':
      return [event.run.input, ...event.passes.flatMap(({ output }) => (output === null ? [] : [output]))]
    // A migration may have made other values of them.
    case 'run_restored':
      return [event.basis?.input ?? null, ...event.passes.map(({ output }) => output)].filter((address) => address !== null)
    case 'step_completed':
    case 'output_edited':
      return [event.output]
    default:
      return []
  }
}

function nothing(): void {
  // A value that is not searched, or that is damaged.
}

function whole<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof CorruptionFound) return undefined
    throw error
  }
}
