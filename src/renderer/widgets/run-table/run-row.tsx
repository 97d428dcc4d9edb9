import { memo } from 'react'
import type { RunSummary } from '../../../model/views.ts'
import { cells, type Times } from './cells.tsx'
import type { ColumnId } from './columns.ts'

interface RunRowProps {
  /** Undefined while it is being read. */
  readonly run: RunSummary | undefined
  /** From 0, among all rows. */
  readonly index: number
  readonly id: string
  /** Distance from the first row, in pixels. */
  readonly top: number
  readonly shown: readonly ColumnId[]
  readonly times: Times
  readonly isMarked: boolean
  readonly isCursor: boolean
  /** It has changed so that the query would not find it any more. */
  readonly hasLeft: boolean
}

/** One run as a row. It is drawn again only where something of it changed. */
export const RunRow = memo(function RunRow({ run, index, id, top, shown, times, isMarked, isCursor, hasLeft }: RunRowProps) {
  return (
    <div
      role="row"
      id={id}
      className="row"
      aria-rowindex={index + 2}
      aria-selected={isMarked}
      aria-busy={run === undefined || undefined}
      data-index={index}
      data-cursor={isCursor || undefined}
      data-left={hasLeft || undefined}
      style={{ top }}
    >
      <div role="gridcell" data-marks aria-label={isMarked ? 'marked' : 'not marked'} />
      {shown.map((column) => (
        <div key={column} role="gridcell" data-column={column}>
          {run === undefined ? <span className="unread" /> : cells[column](run, times)}
        </div>
      ))}
      {hasLeft && <div role="gridcell" className="left">no longer fits the query</div>}
    </div>
  )
})
