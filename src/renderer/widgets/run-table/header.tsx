import { ArrowDown, ArrowUp } from 'lucide-react'
import type { RunSort } from '../../../model/found-runs.ts'
import { type ColumnId, columns } from './columns.ts'
import { MarkBox } from './mark-box.tsx'
import { WidthHandle } from './width-handle.tsx'

interface HeaderProps {
  readonly shown: readonly ColumnId[]
  readonly sort: RunSort
  readonly onSort: (sort: RunSort) => void
  readonly onWidth: (column: ColumnId, width: number | undefined) => void
  /** Whether all runs in view are marked, some, or none. */
  readonly marked: boolean | 'some'
  readonly onMarkAll: () => void
}

export function Header({ shown, sort, onSort, onWidth, marked, onMarkAll }: HeaderProps) {
  return (
    <div role="rowgroup" className="header">
      <div role="row" className="titles" aria-rowindex={1}>
        <div role="columnheader" className="column-title mark">
          <button
            type="button"
            role="checkbox"
            aria-checked={marked === 'some' ? 'mixed' : marked}
            aria-label="Mark the runs in view"
            onClick={onMarkAll}
          >
            <MarkBox state={marked} />
          </button>
        </div>
        {shown.map((id) => (
          <Title key={id} id={id} sort={sort} onSort={onSort} onWidth={onWidth} />
        ))}
      </div>
    </div>
  )
}

type TitleProps = Pick<HeaderProps, 'sort' | 'onSort' | 'onWidth'> & { readonly id: ColumnId }

function Title({ id, sort, onSort, onWidth }: TitleProps) {
  const { title, figures, sort: by } = columns[id]
  const isSorted = by !== undefined && sort.by === by
  const Arrow = sort.descending ? ArrowDown : ArrowUp
  return (
    <div
      role="columnheader"
      className="column-title"
      data-figures={figures}
      aria-sort={isSorted ? (sort.descending ? 'descending' : 'ascending') : undefined}
    >
      {by === undefined ? (
        <span className="clipped">{title}</span>
      ) : (
        <button type="button" onClick={() => onSort({ by, descending: isSorted ? !sort.descending : by !== 'workflow' && by !== 'status' })}>
          <span className="clipped">{title}</span>
          {isSorted && <Arrow size={12} aria-hidden />}
        </button>
      )}
      <WidthHandle column={id} onWidth={onWidth} />
    </div>
  )
}
