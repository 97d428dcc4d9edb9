/**
 * Counts in buckets of time: a row for each thing that is counted, width of bucket and bucket.
 *
 * Invariants:
 * 1. A figure is taken under every width that is still kept for its time, judged by the newest entry before it: so the
 *    rows are the same whatever the slices, and a bucket that was let go never comes back in part.
 */
import type Database from 'better-sqlite3'
import type { Instant, WorkflowName } from '../../../model/ids.ts'
import { floor, isKept, kept, keptSince } from '../../measure/widths.ts'
import type { Figure } from './account.ts'
import { type Counts, countsIn, countsText } from './counts-text.ts'

type Key = readonly [kind: string, width: number, at: number, workflow: string, name: string]

interface Change {
  readonly key: Key
  readonly by: Map<string, number>
}

export function countKeeper(index: Database.Database) {
  const find = index
    .prepare<[...Key]>('SELECT counts FROM metric WHERE kind = ? AND width = ? AND at = ? AND workflow = ? AND name = ?')
    .pluck()
  const put = index.prepare<[...Key, string]>(
    `INSERT INTO metric (kind, width, at, workflow, name, counts) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET counts = excluded.counts`,
  )
  const letGo = index.prepare<[number, Instant]>('DELETE FROM metric WHERE width = ? AND at < ?')
  const newest = index.prepare<[], Instant>('SELECT newest FROM metric_time').pluck()
  const moveTo = index.prepare<[Instant]>('UPDATE metric_time SET newest = ?')

  const write = ({ key, by }: Change): void => {
    const counts: Map<string, number> = new Map(countsIn(find.get(...key) ?? '{}'))
    for (const [detail, count] of by) counts.set(detail, (counts.get(detail) ?? 0) + count)
    put.run(...key, countsText(counts satisfies Counts))
  }

  return () => {
    const changes = new Map<string, Change>()
    let now = newest.get() ?? 0

    return {
      /** An entry of that time comes next. */
      reach: (at: Instant): void => {
        now = Math.max(now, at)
      },

      add: (workflow: WorkflowName, { kind, name, detail, at, count }: Figure): void => {
        for (const width of kept) {
          if (!isKept(width, at, now)) continue
          const key = [kind, width, floor(at, width), workflow, name] as const
          const text = key.join('\n')
          const change = changes.get(text) ?? { key, by: new Map<string, number>() }
          changes.set(text, change)
          change.by.set(String(detail), (change.by.get(String(detail)) ?? 0) + count)
        }
      },

      write: (): void => {
        for (const change of changes.values()) write(change)
        for (const width of kept) letGo.run(width, keptSince(width, now))
        moveTo.run(now)
      },
    }
  }
}
