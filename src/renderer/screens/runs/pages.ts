/** A long list in pieces: which of them a view needs, and what becomes of one as its runs change. */
import type { RunId } from '../../../model/ids.ts'
import type { RunSummary } from '../../../model/views.ts'
import { newest } from '../../state/news.ts'

/** Runs that are read at once. */
export const pageSize = 100

/** Rows beside those in view whose pages are read, too. */
const beside = 50

export interface Rows {
  readonly first: number
  readonly last: number
}

export interface Page {
  readonly runs: readonly RunSummary[]
  /** The list's length when this was read, as of this position of the journal. */
  readonly total: number
  readonly position: number
}

/** The pages that hold the rows in view and some beside them, in their order. */
export function pagesFor({ first, last }: Rows, count: number): readonly number[] {
  const from = Math.floor(Math.max(0, first - beside) / pageSize)
  const to = Math.floor(Math.min(Math.max(0, count - 1), last + beside) / pageSize)
  return Array.from({ length: Math.max(1, to - from + 1) }, (_, index) => from + index)
}

/** Runs in the places where they were read, each as it has been told of since. The same array where none has. */
export function retold(runs: readonly RunSummary[], told: ReadonlyMap<RunId, RunSummary>): readonly RunSummary[] {
  const now = runs.map((run) => newest(run, told.get(run.id)))
  return now.some((run, index) => run !== runs[index]) ? now : runs
}
