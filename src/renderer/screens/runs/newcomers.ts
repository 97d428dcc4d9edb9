/** Which runs of a list's head, as it is now, the list cannot have: they started, or came to fit the query, since. */
import type { RunId } from '../../../model/ids.ts'
import type { RunSummary } from '../../../model/views.ts'
import { pageSize } from './pages.ts'

export interface Beginning {
  /** Rows count runs up to and with this one. */
  readonly upTo: RunId | null
  /** The runs that the list began with; null where it was left further down, and they are not known any more. */
  readonly began: ReadonlySet<RunId> | null
}

export function newcomers({ upTo, began }: Beginning, { runs }: { readonly runs: readonly RunSummary[] }): readonly RunSummary[] {
  const isNewer = ({ id }: RunSummary): boolean => upTo === null || id > upTo
  if (began === null) return runs.filter(isNewer)
  // Behind the last that is known there are those that moved up from the second page, where there is one.
  const last = began.size < pageSize ? runs.length : runs.findLastIndex(({ id }) => began.has(id))
  return runs.filter((run, index) => !began.has(run.id) && (index < last || isNewer(run)))
}
