import type Database from 'better-sqlite3'
import type { Instant, WorkflowName } from '../../../model/ids.ts'
import { type Axis, spansOf } from '../../measure/widths.ts'
import type { Kind } from './account.ts'

/** What was counted of one thing, over all of a range. */
export interface Sum {
  readonly workflow: string
  readonly name: string
  readonly detail: string | number
  readonly count: number
}

export interface Point {
  readonly at: Instant
  readonly name: string
  readonly count: number
}

export type Sums = ReturnType<typeof sumReader>

/** Adds up what the index has counted; of one workflow, or of all where it is null. */
export function sumReader(index: Database.Database) {
  type Workflow = WorkflowName | null
  type Given = [kind: Kind, width: number, from: Instant, to: Instant, workflow: Workflow, again: Workflow]
  const within = 'FROM metric WHERE kind = ? AND width = ? AND at >= ? AND at < ? AND (? IS NULL OR workflow = ?)'
  const totals = index.prepare<Given, Sum>(
    `SELECT workflow, name, detail, sum(count) AS count ${within} GROUP BY workflow, name, detail`,
  )
  const points = index.prepare<Given, Point>(`SELECT at, name, sum(count) AS count ${within} GROUP BY at, name`)

  return {
    /** One thing may come more than once. Both ends are whole buckets of the finest width. */
    totals: (kind: Kind, from: Instant, to: Instant, workflow: WorkflowName | null): Sum[] =>
      spansOf(from, to).flatMap((span) => totals.all(kind, span.width, span.from, span.to, workflow, workflow)),

    /** In the buckets that the axis is added up from. */
    points: (kind: Kind, { width, from, to }: Axis, workflow: WorkflowName | null): Point[] =>
      points.all(kind, width, from, to, workflow, workflow),
  }
}
