/**
 * Takes what happened to runs into their tables.
 *
 * Invariants:
 * 1. What a run is comes from its checked row as it stands now; which values it has comes from the entries.
 * 2. What a schema marks as sensitive is never taken, at whatever depth, nor any text that holds it.
 * 3. A run whose row is damaged stays as it was last read, and is kept as `unread` (`damaged-runs.ts`).
 */
import type Database from 'better-sqlite3'
import type { RunId } from '../../../model/ids.ts'
import { removedRunReader } from '../../read/removed-runs.ts'
import type { Follow } from '../projection.ts'
import { runRemover, runWriter } from './run-writer.ts'
import { textWriter } from './text-writer.ts'

export function followRuns(index: Database.Database, store: Database.Database): Follow {
  const put = runWriter(index, store)
  const remove = runRemover(index)
  const say = textWriter(index, store)
  const removed = removedRunReader(store)
  const leaveOut = index.prepare<[RunId]>('INSERT INTO unread (run) VALUES (?) ON CONFLICT DO NOTHING')

  return (slice) => {
    const writes = [...slice.runs].flatMap(([id, entries]) => {
      const row = slice.run(id)
      if (row !== undefined) return [put(row), say(row, entries, slice)]
      return removed.numberOf(id) === undefined ? [() => leaveOut.run(id)] : []
    })
    return () => {
      for (const write of writes) write()
      for (const id of slice.removed) remove(id)
    }
  }
}
