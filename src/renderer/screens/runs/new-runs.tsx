import { ArrowUp } from 'lucide-react'
import type { RunId } from '../../../model/ids.ts'
import { matches } from '../../../model/query/matches.ts'
import type { Asked } from '../../../model/query/terms.ts'
import type { RunSummary } from '../../../model/views.ts'
import { useNews } from '../../state/news.ts'
import type { Head, Listing } from './use-listing.ts'
import './new-runs.css'

interface NewRunsProps {
  readonly listing: Listing
  readonly head: Head | undefined
  readonly onShow: () => void
}

/** Says how many runs came that the list does not show, and leads to them. */
export function NewRuns({ listing: { upTo, asked }, head, onShow }: NewRunsProps) {
  const told = useNews(({ runs }) => countNewer(runs, upTo, asked))
  const seen = head?.runs.filter(({ id }) => upTo === null || id > upTo).length ?? 0
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
