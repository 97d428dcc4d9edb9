/**
 * Takes what happened to runs into their tables.
 *
 * Invariants:
 * 1. What a run is comes from its checked row as it stands now; which values it has comes from the entries.
 * 2. What a schema marks as sensitive is never taken, at whatever depth, nor any text that holds it.
 * 3. A run whose row is damaged stays as it was last read: the store's verification is what tells of it.
 */
import type Database from 'better-sqlite3'
import { inputKey, outputKey } from '../../../model/checkpoint.ts'
import type { JournalEntry, RunEntry } from '../../../model/entry.ts'
import type { Address, RunId } from '../../../model/ids.ts'
import type { StepRecord } from '../../../model/step.ts'
import { CorruptionFound } from '../../../model/storage-errors.ts'
import { runReader } from '../../read/runs.ts'
import type { Follow } from '../projection.ts'
import { removedIn } from '../removed-in.ts'
import { runRemover, runWriter } from './run-writer.ts'
import { textWriter } from './text-writer.ts'

export function followRuns(index: Database.Database, store: Database.Database): Follow {
  const runs = runReader(store)
  const put = runWriter(index, store)
  const remove = runRemover(index)
  const say = textWriter(index, store)

  function* follow(id: RunId, values: ReadonlyMap<Address, string>): Generator<() => void> {
    const row = whole(() => runs.byId(id))
    if (row === undefined) return
    yield put(row)
    yield say.names(row)
    const told = whole(() => say.values(row))
    for (const [address, key] of values) yield whole(() => told?.(address, key)) ?? nothing
  }

  return (entries) => {
    const writes = [...valuesOf(entries)].flatMap(([id, values]) => [...follow(id, values)])
    const removals = removedIn(entries).map((id) => () => remove(id))
    return () => [...writes, ...removals].forEach((write) => write())
  }
}

/** The values that each run came to have in these entries, each with its key in the state. */
function valuesOf(entries: readonly JournalEntry[]): Map<RunId, Map<Address, string>> {
  const found = new Map<RunId, Map<Address, string>>()
  for (const entry of entries) {
    if (entry.run === null) continue
    const values = found.get(entry.run) ?? new Map<Address, string>()
    for (const event of entry.events) for (const [key, address] of valuesIn(event)) if (address !== null) values.set(address, key)
    found.set(entry.run, values)
  }
  return found
}

function valuesIn(event: RunEntry['events'][number]): readonly (readonly [key: string, address: Address | null])[] {
  switch (event.type) {
    case 'run_created':
      return [[inputKey, event.run.input], ...event.passes.map(valueOf)]
    // A migration may have made other values of them.
    case 'run_restored':
      return [[inputKey, event.basis?.input ?? null], ...event.passes.map(valueOf)]
    case 'step_completed':
    case 'output_edited':
      return [valueOf(event)]
    default:
      return []
  }
}

function valueOf({ step, iteration, output }: Pick<StepRecord, 'step' | 'iteration' | 'output'>) {
  return [outputKey(step, iteration), output] as const
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
