import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, memo, useEffect, useMemo, useRef } from 'react'
import type { Instant } from '../../../model/ids.ts'
import type { Scale } from './scale.ts'
import { layOut } from './segments.ts'
import type { TimelineProps, TimelineRow } from './timeline-props.ts'

const height = 24
const steps: Readonly<Partial<Record<string, number>>> = { ArrowUp: -1, ArrowDown: 1 }

interface TimelineRowsProps extends Pick<TimelineProps, 'rows' | 'onRow' | 'onMove'> {
  readonly chosen: string | undefined
  /** Of the chosen row. */
  readonly segment: string | undefined
  readonly scale: Scale
  readonly now: Instant
}

/** Only rows in sight are drawn. */
export const TimelineRows = memo(function TimelineRows({ rows, scale, now, chosen, segment, onRow, onMove }: TimelineRowsProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 6,
  })
  const index = rows.findIndex(({ id }) => id === chosen)
  useEffect(() => {
    // Where it is in sight nothing is asked of the browser: it would lay the page out for that at once.
    const top = index * height - (virtual.scrollOffset ?? 0)
    const isInSight = top >= 0 && top + height <= (virtual.scrollRect?.height ?? 0)
    if (index >= 0 && !isInSight) virtual.scrollToIndex(index)
  }, [virtual, index])
  return (
    <div className="rows" ref={scroller}>
      <div className="all" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index]
          return row === undefined ? null : (
            <Row
              key={row.id}
              row={row}
              top={item.start}
              scale={scale}
              now={row.segments.some(({ until }) => until === null) ? now : 0}
              isChosen={row.id === chosen}
              segment={row.id === chosen ? segment : undefined}
              takesTab={item.index === Math.max(0, index)}
              onRow={onRow}
              onMove={onMove}
            />
          )
        })}
      </div>
    </div>
  )
})

interface RowProps {
  readonly row: TimelineRow
  readonly top: number
  readonly scale: Scale
  /** How far what goes on reaches; of no meaning where nothing does. */
  readonly now: Instant
  readonly isChosen: boolean
  readonly segment: string | undefined
  readonly takesTab: boolean
  readonly onRow: TimelineProps['onRow']
  readonly onMove: TimelineProps['onMove']
}

const Row = memo(function Row({ row, top, scale, now, isChosen, segment, takesTab, onRow, onMove }: RowProps) {
  const turn = (event: KeyboardEvent): void => {
    const by = steps[event.key]
    if (by === undefined) return
    event.preventDefault()
    onMove({ rows: by })
  }
  const boxes = useMemo(() => layOut(row.segments, scale, now), [row.segments, scale, now])
  return (
    <div className={isChosen ? 'row chosen' : 'row'} style={{ top, height }}>
      <button
        type="button"
        className={row.segments.length === 0 ? 'label clipped quiet' : 'label clipped'}
        title={row.title}
        aria-pressed={isChosen}
        tabIndex={takesTab ? 0 : -1}
        onClick={() => onRow(row.id)}
        onKeyDown={turn}
      >
        {row.title}
      </button>
      <div className="plot">
        {boxes.map(({ x, width, segment: shown, key, count }) => (
          <button
            key={key}
            type="button"
            tabIndex={-1}
            className={`segment ${shown.kind}${segment === shown.key ? ' chosen' : ''}`}
            data-tone={shown.tone}
            style={{ left: x, width }}
            title={count > 1 ? `${shown.title}, and ${count - 1} more too close to be told apart` : shown.title}
            aria-label={`${row.title}: ${shown.title}`}
            onClick={() => onRow(row.id, shown.key)}
          >
            {count === 1 && width >= roomFor(shown.mark) && shown.mark}
          </button>
        ))}
      </div>
    </div>
  )
})

/** What stands in a segment is never cut off: a clip for each of hundreds is dear to draw. */
const roomFor = (mark: string): number => 10 + 6 * mark.length
