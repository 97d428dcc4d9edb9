import { type PointerEvent, useRef } from 'react'
import { type ColumnId, columns } from './columns.ts'

interface WidthHandleProps {
  readonly column: ColumnId
  /** Undefined gives the column its own width back. */
  readonly onWidth: (column: ColumnId, width: number | undefined) => void
}

/** The edge of a column, to be dragged; a double press gives it its own width back. */
export function WidthHandle({ column, onWidth }: WidthHandleProps) {
  const start = useRef<{ x: number; width: number }>(undefined)
  const drag = ({ clientX }: PointerEvent): void => {
    if (start.current !== undefined) onWidth(column, start.current.width + clientX - start.current.x)
  }
  return (
    <span
      className="width-handle"
      title={`Width of ${columns[column].title}: drag, or press twice for the usual one`}
      onPointerDown={({ clientX, currentTarget, pointerId }) => {
        currentTarget.setPointerCapture(pointerId)
        start.current = { x: clientX, width: currentTarget.parentElement?.offsetWidth ?? columns[column].width }
      }}
      onPointerMove={drag}
      onPointerUp={() => void (start.current = undefined)}
      onDoubleClick={() => onWidth(column, undefined)}
    />
  )
}
