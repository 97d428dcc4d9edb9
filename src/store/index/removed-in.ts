import type { JournalEntry } from '../../model/entry.ts'
import type { RunId } from '../../model/ids.ts'

/** The runs that these entries say were removed. */
export function removedIn(entries: readonly JournalEntry[]): RunId[] {
  const removals = entries.flatMap(({ events }) => events.flatMap((event) => (event.type === 'runs_removed' ? event.runs : [])))
  return removals.map(({ run }) => run)
}
