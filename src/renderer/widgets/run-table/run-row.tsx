import { memo } from 'react'
import type { RunSummary } from '../../../model/views.ts'
import { cells } from './cells.tsx'
import { type ColumnId, columns } from './columns.ts'
import { MarkBox } from './mark-box.tsx'

interface RunRowProps {
  /** Undefined while it is being read. */
  readonly run: RunSummary | undefined
  /** From 0, among all rows. */
  readonly index: number
  readonly id: string
  /** Distance from the first row, in pixels. */
  readonly top: number
  readonly shown: readonly ColumnId[]
  readonly isMarked: boolean
  readonly isCursor: boolean
  /** It has changed so that the query would not find it any more. */
  readonly hasLeft: boolean
}

/** One run as a row. It is drawn again only where something of it changed. */
export const RunRow = memo(function RunRow({ run, index, id, top, shown, isMarked, isCursor, hasLeft }: RunRowProps) {
  return (
    <div
      role="row"
      id={id}
      className="row"
      aria-rowindex={index + 2}
      aria-selected={isMarked}
      aria-busy={run === undefined}
      data-index={index}
      data-cursor={isCursor}
      data-left={hasLeft}
      style={{ transform: `translateY(${top}px)` }}
    >
      <div role="gridcell" className="cell mark" data-marks>
        <MarkBox state={isMarked} />
        <span className="unseen">{isMarked ? 'marked' : 'not marked'}</span>
      </div>
      {shown.map((column) => (
        <div key={column} role="gridcell" className="cell" data-column={column} data-figures={columns[column].figures}>
          {run === undefined ? <span className="unread" /> : cells[column](run)}
        </div>
      ))}
      {hasLeft && <div role="gridcell" className="left">no longer fits the query</div>}
    </div>
  )
})
