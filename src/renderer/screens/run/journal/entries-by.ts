import type { Checkpoint } from '../../../../model/checkpoint.ts'
import type { JournalEntry, RunEntry } from '../../../../model/entry.ts'

/** Of a run. */
export type Entry = Extract<JournalEntry, { run: RunEntry['run'] }>

/** Those up to the one that took the checkpoint, newest first as `entries` are; all where there is no moment, none where none reaches back so far. */
export function entriesBy(entries: readonly Entry[], moment: Pick<Checkpoint, 'number'> | undefined): readonly Entry[] {
  if (moment === undefined) return entries
  const place = entries.findIndex(({ events }) => events.some((event) => event.type === 'checkpoint_taken' && event.number === moment.number))
  return place < 0 ? [] : entries.slice(place)
}
