/** Counts in buckets of time: a row for each thing that is counted, width of bucket and bucket. */
import type Database from 'better-sqlite3'
import type { Instant, WorkflowName } from '../../../model/ids.ts'
import { kept } from '../../measure/widths.ts'
import type { Figure } from './account.ts'
import { countsIn, countsText } from './counts-text.ts'
import { type Change, type Key, Pending } from './pending.ts'

export function countKeeper(index: Database.Database) {
  const find = index
    .prepare<[...Key]>('SELECT counts FROM metric WHERE kind = ? AND width = ? AND at = ? AND workflow = ? AND name = ?')
    .pluck()
  const put = index.prepare<[...Key, string]>(
    `INSERT INTO metric (kind, width, at, workflow, name, counts) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET counts = excluded.counts`,
  )
  const letGo = index.prepare<[number, Instant]>('DELETE FROM metric WHERE width = ? AND at < ?')
  const moveTo = index.prepare<[Instant]>('UPDATE metric_time SET newest = ?')

  const write = ({ key, by }: Change): void => {
    const counts = new Map(countsIn(find.get(...key) ?? '{}'))
    for (const [detail, count] of by) counts.set(detail, (counts.get(detail) ?? 0) + count)
    put.run(...key, countsText(counts))
  }

  /** What one slice of the journal adds. */
  return () => {
    const widths = kept.map((width) => ({ width, pending: new Pending(width) }))
    let newest: Instant | undefined

    return {
      /** An entry of that time comes next. */
      reach: (at: Instant): void => {
        newest = at
        for (const { pending } of widths) pending.reach(at)
      },

      add: (workflow: WorkflowName, figure: Figure): void => {
        for (const { pending } of widths) pending.add(workflow, figure)
      },

      write: (): void => {
        for (const { width, pending } of widths) {
          letGo.run(width, pending.goneBefore)
          for (const change of pending.changes()) write(change)
        }
        if (newest !== undefined) moveTo.run(newest)
      },
    }
  }
}
