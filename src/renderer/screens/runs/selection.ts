/**
 * Which runs are marked. Either some that a person pointed at, or all that a query finds; whoever then points at one of
 * these is back with those marked before.
 */
import type { RunId } from '../../../model/ids.ts'
import type { RunSummary } from '../../../model/views.ts'

/** All runs that `query` finds up to `upTo`; `total` of them when they were marked. */
export interface Matching {
  readonly query: string
  readonly upTo: RunId
  readonly total: number
}

export interface Selection {
  readonly marked: ReadonlyMap<RunId, RunSummary>
  /** The row that was marked last: ranges reach from it. */
  readonly anchor: number | null
  readonly matching: Matching | null
}

export const nothingMarked: Selection = { marked: new Map(), anchor: null, matching: null }

export function countMarked({ marked, matching }: Selection): number {
  return matching?.total ?? marked.size
}

export function isMarked({ marked, matching }: Selection, run: RunId): boolean {
  return marked.has(run) || (matching !== null && run <= matching.upTo)
}

/** Marks the run, or takes its mark away. */
export function toggle({ marked }: Selection, run: RunSummary, anchor: number): Selection {
  const next = new Map(marked)
  if (!next.delete(run.id)) next.set(run.id, run)
  return { marked: next, anchor, matching: null }
}

/** Marks these, too. */
export function add({ marked, anchor }: Selection, runs: readonly RunSummary[], at: number | null = anchor): Selection {
  return { marked: new Map([...marked, ...runs.map((run) => [run.id, run] as const)]), anchor: at, matching: null }
}

/** Marks these, too; where all of them were marked, takes their marks away. */
export function toggleAll(selection: Selection, runs: readonly RunSummary[]): Selection {
  if (markedAmong(selection, runs) !== true) return add(selection, runs)
  const taken = new Set(runs.map(({ id }) => id))
  const marked = new Map([...selection.marked].filter(([id]) => !taken.has(id)))
  return { ...selection, marked, matching: null }
}

export function matchAll({ marked, anchor }: Selection, matching: Matching): Selection {
  return { marked, anchor, matching }
}

/** Whether all of these are marked, some, or none. */
export function markedAmong(selection: Selection, runs: readonly RunSummary[]): boolean | 'some' {
  const count = runs.filter(({ id }) => isMarked(selection, id)).length
  if (count === 0) return false
  return count === runs.length ? true : 'some'
}

/** The rows from one to another, both of them in it, whichever comes first. */
export function rowsBetween(a: number, b: number): { readonly first: number; readonly last: number } {
  return { first: Math.min(a, b), last: Math.max(a, b) }
}
