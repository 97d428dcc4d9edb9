import { type ColumnId, columns as all, narrowest, widest } from '../../widgets/run-table/columns.ts'

interface ColumnWidthProps {
  readonly column: ColumnId
  /** Undefined while it has the width that is its own. */
  readonly width: number | undefined
  readonly onWidth: (width: number | undefined) => void
}

/** Pixels that one press of an arrow is worth. */
const step = 8

/** The width of a column without dragging its edge. Where it stands at the column's own width, that one is given back. */
export function ColumnWidth({ column, width, onWidth }: ColumnWidthProps) {
  const { title, width: own, grows } = all[column]
  const takesRoom = width === undefined && grows === true
  return (
    <input
      type="range"
      aria-label={`Width of ${title}`}
      aria-valuetext={takesRoom ? 'as wide as there is room' : `${width ?? own} pixels`}
      // Counted from here, the column's own width is one of the steps.
      min={narrowest + ((own - narrowest) % step)}
      max={widest}
      step={step}
      value={width ?? own}
      onChange={({ currentTarget }) => onWidth(currentTarget.valueAsNumber === own ? undefined : currentTarget.valueAsNumber)}
    />
  )
}
