/** Which runs of a list's head, as it is now, the list cannot have: they started, or came to fit the query, since. */
import type { RunSummary } from '../../../model/views.ts'
import { pageSize } from './pages.ts'
import type { Head, Listing } from './use-listing.ts'

/** What a list has at its beginning, as far as it is known. */
type Beginning = Pick<Listing, 'upTo' | 'began'>

export function newcomers({ upTo, began }: Beginning, { runs }: Pick<Head, 'runs'>): readonly RunSummary[] {
  const isNewer = ({ id }: RunSummary): boolean => upTo === null || id > upTo
  if (began === null) return runs.filter(isNewer)
  // Behind the last that is known there are those that moved up from the second page, where there is one.
  const last = began.size < pageSize ? runs.length : runs.findLastIndex(({ id }) => began.has(id))
  return runs.filter((run, index) => !began.has(run.id) && (index < last || isNewer(run)))
}
