/** The runs that are asked for, as a table, with what can be done to those that are marked. */
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import type { RunSort } from '../../../model/found-runs.ts'
import { matches } from '../../../model/query/matches.ts'
import { type Columns, resized } from '../../widgets/run-table/columns.ts'
import { RunTable } from '../../widgets/run-table/run-table.tsx'
import { BulkBar } from './bulk/bulk-bar.tsx'
import { BulkPanel } from './bulk/bulk-panel.tsx'
import { ListFooter } from './list-footer.tsx'
import { NewRuns } from './new-runs.tsx'
import { NoRuns } from './no-runs.tsx'
import { placeIn } from './place-in-list.ts'
import { type Asking, keyOf } from './search.ts'
import { isMarked, markedAmong, matchAll, nothingMarked, toggleAll } from './selection.ts'
import { useCursor } from './use-cursor.ts'
import { useListing } from './use-listing.ts'
import { useListKeys } from './use-list-keys.ts'
import { useMarks } from './use-marks.ts'
import { useRunRows } from './use-run-rows.ts'
import { useKeptPlace, useScrolled } from './use-standing.ts'

interface RunListProps {
  readonly asking: Asking
  /** Whether the query can be read. */
  readonly canAsk: boolean
  readonly columns: Columns
  readonly onColumns: (columns: Columns) => void
  readonly onSort: (sort: RunSort) => void
  readonly onClear: () => void
}

export function RunList({ asking, canAsk, columns, onColumns, onSort, onClear }: RunListProps) {
  const navigate = useNavigate()
  const scroller = useRef<HTMLDivElement>(null)
  const [start] = useState(() => placeIn(asking))
  const [holds, setHolds] = useState(false)
  const { view, isAtTop, top, onScrolled } = useScrolled(start?.top ?? 0)
  const follows = isAtTop && !holds
  const { listing, head, error, isComing, refresh } = useListing(asking, canAsk, follows)
  const { count, rowAt, read, error: unread } = useRunRows(listing, head, view)
  const { cursor, setCursor, at, moveTo } = useCursor(start?.cursor ?? null, { count, rowAt }, scroller)
  const { selection, setSelection, mark } = useMarks(rowAt, read)
  useKeptPlace({ listing, count, cursor }, top, scroller)

  const key = listing === undefined ? keyOf(asking) : keyOf(listing.asking)
  const [shownKey, setShownKey] = useState(key)
  if (shownKey !== key) {
    setShownKey(key)
    setCursor(placeIn(asking)?.cursor ?? null)
    setSelection(() => nothingMarked)
  }
  const hasMarks = selection.marked.size > 0 || selection.matching !== null
  if (holds !== hasMarks) setHolds(hasMarks)

  const open = (index: number, inNewTab: boolean): void => {
    const run = rowAt(index)
    if (run === undefined) return
    if (inNewTab) window.open(`/runs/${run.id}`, '_blank')
    else void navigate({ to: '/runs/$run', params: { run: run.id } })
  }
  const shownRuns = Array.from({ length: Math.min(count, view.last + 1) - view.first }, (_, index) => rowAt(view.first + index))
  const inView = shownRuns.filter((run) => run !== undefined)
  const damaged = head?.damaged ?? []
  const upTo = listing?.upTo ?? null
  const matching = upTo === null ? null : { query: asking.query, upTo, total: count }
  useListKeys({ at, count, hasMarks, moveTo, open, mark, refresh, clear: () => setSelection(() => nothingMarked) })

  return (
    <>
      <section className="run-list" aria-label="List of runs">
        <RunTable
          count={count}
          rowAt={rowAt}
          columns={columns}
          onWidth={(id, width) => onColumns(resized(columns, id, width))}
          sort={asking.sort}
          onSort={onSort}
          isMarked={(run) => isMarked(selection, run)}
          hasLeft={(run) => listing !== undefined && matches(listing.asked, run) === false}
          markedInView={markedAmong(selection, inView)}
          onMarkInView={() => setSelection((now) => toggleAll(now, inView))}
          cursor={at}
          onCursor={moveTo}
          onOpen={open}
          onMark={mark}
          scroller={scroller}
          startAt={start?.top ?? 0}
          onScrolled={onScrolled}
          isBusy={isComing}
          empty={<NoRuns asking={asking} canAsk={canAsk} isComing={isComing} hasAny={head?.newest !== null || damaged.length > 0} error={error} onClear={onClear} />}
        />
        {listing !== undefined && !follows && <NewRuns listing={listing} head={head} onShow={refresh} />}
        {hasMarks && (
          <BulkBar
            selection={selection}
            matching={matching}
            onMatchAll={() => matching !== null && setSelection((now) => matchAll(now, matching))}
            onClear={() => setSelection(() => nothingMarked)}
          />
        )}
      </section>
      <BulkPanel />
      <ListFooter count={head?.total ?? count} isKnown={head !== undefined} asOf={head?.position ?? 0} follows={follows} damaged={damaged} error={unread} onRefresh={refresh} />
    </>
  )
}
