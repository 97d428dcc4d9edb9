/**
 * A table of any number of runs, of which only the rows in view are drawn. It knows nothing of where runs come from.
 *
 * Invariants:
 * 1. Every row has the same height, so a row's place follows from its index and nothing is measured.
 * 2. The table itself keeps the focus; the row of the cursor is its active descendant and is drawn wherever it is.
 * 3. A row is drawn again only where its run, its mark or the columns changed. No row has an effect or a timer.
 * 4. A row that goes out of sight lends its elements to one that comes in: making new ones takes longer than a frame has.
 */
import { type KeyboardEvent, type MouseEvent, type ReactNode, type RefObject, useId, useMemo } from 'react'
import type { RunSort } from '../../../model/found-runs.ts'
import type { RunId } from '../../../model/ids.ts'
import type { RunSummary } from '../../../model/views.ts'
import { useNow } from '../../state/now.ts'
import { useZone } from '../../state/preferences.ts'
import { type ColumnId, type Columns, fitting, tracks, widthOf } from './columns.ts'
import { Header } from './header.tsx'
import { rowHeight } from './row-height.ts'
import { RunRow } from './run-row.tsx'
import { useDrawnRows } from './use-drawn-rows.ts'
import { useWidth } from './use-width.ts'
import './run-table.css'

export interface RunTableProps {
  readonly count: number
  /** The run of a row; undefined while it is being read. */
  readonly rowAt: (index: number) => RunSummary | undefined
  readonly columns: Columns
  readonly onWidth: (column: ColumnId, width: number | undefined) => void
  readonly sort: RunSort
  readonly onSort: (sort: RunSort) => void
  readonly isMarked: (run: RunId) => boolean
  readonly hasLeft: (run: RunSummary) => boolean
  readonly markedInView: boolean | 'some'
  readonly onMarkInView: () => void
  readonly cursor: number | null
  readonly onCursor: (index: number) => void
  readonly onOpen: (index: number, inNewTab: boolean) => void
  /** `toHere`: everything from the last one that was marked. */
  readonly onMark: (index: number, toHere: boolean) => void
  readonly scroller: RefObject<HTMLDivElement | null>
  /** Where the list begins to be shown, in pixels. */
  readonly startAt: number
  readonly onScrolled: (top: number, first: number, last: number) => void
  readonly isBusy: boolean
  /** Instead of rows, where there are none. */
  readonly empty: ReactNode
}

export function RunTable(props: RunTableProps) {
  const { count, rowAt, columns, sort, isMarked, hasLeft, cursor, scroller } = props
  const id = useId()
  const zone = useZone()
  const now = useNow(60_000)
  const times = useMemo(() => ({ now, zone }), [now, zone])
  const width = useWidth(scroller)
  const { rows, height } = useDrawnRows(props)
  const shown = useMemo(() => fitting(columns, width), [columns, width])
  const fitted = { shown: [...shown], widths: columns.widths }

  return (
    <div className="run-table">
      <div
        className="grid"
        role="grid"
        aria-label="Runs"
        aria-rowcount={count + 1}
        aria-colcount={shown.length + 1}
        aria-multiselectable
        aria-busy={props.isBusy}
        aria-activedescendant={cursor === null ? undefined : rowId(id, cursor)}
        tabIndex={0}
        ref={scroller}
        onKeyDown={(event) => onKeyDown(event, props)}
        onMouseDown={(event) => event.shiftKey && event.preventDefault()}
        onClick={(event) => onPress(event, props)}
        onAuxClick={(event) => event.button === 1 && onPress(event, props)}
      >
        <div className="sheet" style={{ '--tracks': tracks(fitted), minWidth: widthOf(fitted) }}>
          <Header
            shown={shown}
            sort={sort}
            onSort={props.onSort}
            onWidth={props.onWidth}
            marked={props.markedInView}
            onMarkAll={props.onMarkInView}
          />
          <div role="rowgroup" className="rows" style={{ height }}>
            {rows.map(({ index, top, key }) => {
              const run = rowAt(index)
              return (
                <RunRow
                  key={key}
                  id={rowId(id, index)}
                  run={run}
                  index={index}
                  top={top}
                  shown={shown}
                  times={times}
                  isMarked={run !== undefined && isMarked(run.id)}
                  isCursor={index === cursor}
                  hasLeft={run !== undefined && hasLeft(run)}
                />
              )
            })}
          </div>
        </div>
      </div>
      {count === 0 && <div className="no-rows">{props.empty}</div>}
    </div>
  )
}

const rowId = (table: string, index: number): string => `${table}-row-${index}`

/** Rows have no handlers of their own: a press belongs to the row that it fell on. */
function onPress(event: MouseEvent<HTMLElement>, { onMark, onOpen, onCursor }: RunTableProps): void {
  if (!(event.target instanceof Element)) return
  const index = Number(event.target.closest('[data-index]')?.getAttribute('data-index') ?? Number.NaN)
  if (Number.isNaN(index)) return
  const inNewTab = event.ctrlKey || event.metaKey || event.button === 1
  const onLink = event.target.closest('a') !== null
  // A link does by itself what a browser's user knows of links.
  if (onLink && inNewTab) return
  event.preventDefault()
  onCursor(index)
  if (event.shiftKey || event.target.closest('[data-marks]') !== null) onMark(index, event.shiftKey)
  else if (window.getSelection()?.isCollapsed !== false) onOpen(index, inNewTab)
}

/** What moves the cursor while the table has the focus; all else are commands of the screen. */
function onKeyDown(event: KeyboardEvent<HTMLElement>, { cursor, count, onCursor, onMark, scroller }: RunTableProps): void {
  if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey || count === 0) return
  const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2)
  const at = cursor ?? -1
  const to: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: count - 1,
  }
  const target = to[event.key]
  if (target !== undefined) {
    event.preventDefault()
    const index = Math.min(count - 1, Math.max(0, target))
    onCursor(index)
    if (event.shiftKey) onMark(index, true)
  } else if (event.key === ' ' && cursor !== null) {
    event.preventDefault()
    onMark(cursor, event.shiftKey)
  }
}
