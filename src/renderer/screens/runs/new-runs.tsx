import { ArrowUp } from 'lucide-react'
import type { RunId } from '../../../model/ids.ts'
import { matches } from '../../../model/query/matches.ts'
import type { Asked } from '../../../model/query/terms.ts'
import type { RunSummary } from '../../../model/views.ts'
import { useNews } from '../../state/news.ts'
import type { Head, Listing } from './use-listing.ts'
import { newcomers } from './newcomers.ts'
import './new-runs.css'

interface NewRunsProps {
  readonly listing: Listing
  readonly head: Head | undefined
  readonly onShow: () => void
}

/** Says how many runs came that the list does not show, and leads to them. */
export function NewRuns({ listing, head, onShow }: NewRunsProps) {
  const { upTo, asked } = listing
  const told = useNews(({ runs }) => countNewer(runs, upTo, asked))
  const seen = head === undefined ? 0 : newcomers(listing, head).length
  const count = Math.max(told, seen)
  if (count === 0) return null
  return (
    <button type="button" className="new-runs" onClick={onShow}>
      <ArrowUp size={13} aria-hidden />
      {count.toLocaleString('en')} new {count === 1 ? 'run' : 'runs'}
    </button>
  )
}

/** How many of these started after that one and fit, as far as can be told. */
function countNewer(runs: ReadonlyMap<RunId, RunSummary>, upTo: RunId | null, asked: Asked): number {
  let count = 0
  for (const run of runs.values()) {
    if ((upTo === null || run.id > upTo) && matches(asked, run) === true) count++
  }
  return count
}
