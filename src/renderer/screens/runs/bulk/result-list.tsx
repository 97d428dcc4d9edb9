import { Link } from '@tanstack/react-router'
import { useVirtualizer } from '@tanstack/react-virtual'
import { CheckCircle2, CircleHelp, CircleX, GitCompareArrows } from 'lucide-react'
import { useRef } from 'react'
import type { EachResult } from '../../../../contract/each.ts'
import { useNews } from '../../../state/news.ts'
import { ShortId } from '../../../widgets/identity/short-id.tsx'
import { ReplayMark } from '../../../widgets/replay/replay-mark.tsx'
import { lookOfRun, type Look } from '../../../widgets/status/look.ts'
import { StatusBadge } from '../../../widgets/status/status-badge.tsx'

const looks: Readonly<Record<EachResult['outcome'], Look>> = {
  done: { tone: 'success', word: 'Done', icon: CheckCircle2 },
  conflict: { tone: 'attention', word: 'Had moved on', icon: GitCompareArrows },
  refused: { tone: 'failure', word: 'Refused', icon: CircleX },
  not_found: { tone: 'failure', word: 'Not found', icon: CircleHelp },
  unavailable: { tone: 'failure', word: 'Not answered', icon: CircleX },
}

const rowHeight = 28

/** One line for each run, in the order in which the results came. */
export function ResultList({ results }: { readonly results: readonly EachResult[] }) {
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count: results.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  })
  return (
    <div className="result-list" ref={scroller} tabIndex={0} role="region" aria-label="Result of each run">
      <ul style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const result = results[index]
          return result === undefined ? null : <Result key={result.run} result={result} top={start} />
        })}
      </ul>
    </div>
  )
}

function Result({ result: { run, outcome, status, message }, top }: { readonly result: EachResult; readonly top: number }) {
  // What it was when it was answered; what it is since, as far as the news told.
  const told = useNews(({ runs }) => runs.get(run))
  const now = told ?? (status === null ? null : { status, waiting: null })
  return (
    <li style={{ transform: `translateY(${top}px)` }}>
      <StatusBadge look={looks[outcome]} />
      <Link to="/runs/$run" params={{ run }} className="link">
        <ShortId id={run} /> <ReplayMark of={told} />
      </Link>
      {now === null ? <span /> : <StatusBadge look={lookOfRun(now)} />}
      <span className="clipped quiet" title={message ?? undefined}>
        {message}
      </span>
    </li>
  )
}
