import type { RunId } from '../../../model/ids.ts'
import type { RunSummary } from '../../../model/views.ts'
import { type Page, retold } from './pages.ts'
import { keyOf } from './search.ts'
import type { Head, Listing } from './use-listing.ts'

/** The head of a list is its first page, with what was told since it was read. None where it is the head of another. */
export function firstPage(
  head: Head,
  { asking, upTo }: Pick<Listing, 'asking' | 'upTo'>,
  told: ReadonlyMap<RunId, RunSummary>,
): Page | undefined {
  if (head.newest !== upTo || keyOf(head.asking) !== keyOf(asking)) return undefined
  return { ...head, runs: retold(head.runs, told) }
}
