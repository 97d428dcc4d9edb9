import type Database from 'better-sqlite3'
import type { Instant, WorkflowName } from '../../../model/ids.ts'
import { type Axis, spansOf } from '../../measure/widths.ts'
import type { Kind } from './account.ts'
import { type Counts, countsIn } from './counts-text.ts'

/** What was counted of one thing, over all of a range. */
export interface Sum {
  readonly workflow: string
  readonly name: string
  readonly counts: Counts
}

export interface Point {
  readonly at: Instant
  readonly name: string
  readonly count: number
}

interface Row {
  readonly at: Instant
  readonly workflow: string
  readonly name: string
  readonly counts: unknown
}

export type Sums = ReturnType<typeof sumReader>

/** Adds up what the index has counted; of one workflow, or of all where it is null. It throws IndexBroken. */
export function sumReader(index: Database.Database) {
  type Workflow = WorkflowName | null
  type Given = [kind: Kind, width: number, from: Instant, to: Instant, workflow: Workflow, again: Workflow]
  const within = index.prepare<Given, Row>(
    `SELECT at, workflow, name, counts FROM metric
     WHERE kind = ? AND width = ? AND at >= ? AND at < ? AND (? IS NULL OR workflow = ?)`,
  )
  const newest = index.prepare<[], Instant>('SELECT newest FROM metric_time').pluck()

  return {
    /** The time of the last entry that was counted. */
    newest: (): Instant => newest.get() ?? 0,

    /** Each thing once. Both ends are whole buckets of a width that is kept for them. */
    totals: (kind: Kind, from: Instant, to: Instant, workflow: Workflow): Sum[] => {
      const sums = new Map<string, Sum & { readonly counts: Map<string, number> }>()
      for (const span of spansOf(from, to)) {
        for (const { workflow: of, name, counts } of within.iterate(kind, span.width, span.from, span.to, workflow, workflow)) {
          const key = `${of} ${name}`
          const sum = sums.get(key) ?? { workflow: of, name, counts: new Map<string, number>() }
          sums.set(key, sum)
          for (const [detail, count] of countsIn(counts)) sum.counts.set(detail, (sum.counts.get(detail) ?? 0) + count)
        }
      }
      return [...sums.values()]
    },

    /** In the buckets that the axis is added up from. */
    points: (kind: Kind, { width, from, to }: Axis, workflow: Workflow): Point[] =>
      within
        .all(kind, width, from, to, workflow, workflow)
        .map(({ at, name, counts }) => ({ at, name, count: total(new Map(countsIn(counts))) })),
  }
}

export function total(counts: Counts): number {
  return counts.values().reduce((sum, count) => sum + count, 0)
}
