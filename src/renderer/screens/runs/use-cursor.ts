import { type RefObject, useState } from 'react'
import type { RunSummary } from '../../../model/views.ts'
import { rowHeight } from '../../widgets/run-table/row-height.ts'
import type { Cursor } from './place-in-list.ts'
import type { RunRows } from './use-run-rows.ts'

interface RunCursor {
  readonly cursor: Cursor | null
  readonly setCursor: (cursor: Cursor | null) => void
  /** The row that it is at; null where it is at none. */
  readonly at: number | null
  /** Moves it to a row, or as near as there is one, and brings that into view. */
  readonly moveTo: (index: number) => void
}

/** The row that keys and presses go by. It stays with its run where others come in above that. */
export function useCursor(start: Cursor | null, { count, rowAt }: Pick<RunRows, 'count' | 'rowAt'>, scroller: RefObject<HTMLDivElement | null>): RunCursor {
  const [cursor, setCursor] = useState(start)
  return {
    cursor,
    setCursor,
    at: cursor === null || count === 0 ? null : indexOf(cursor, rowAt, count),
    moveTo(index) {
      const to = Math.min(Math.max(0, index), count - 1)
      if (to < 0) return
      setCursor({ index: to, run: rowAt(to)?.id ?? null })
      scrollIntoView(scroller.current, to)
      scroller.current?.focus({ preventScroll: true })
    },
  }
}

/** Scrolls as little as it takes: rows all have one height, and the header covers one of them. */
function scrollIntoView(scroller: HTMLDivElement | null, index: number): void {
  if (scroller === null) return
  const { scrollTop, clientHeight } = scroller
  const top = index * rowHeight
  const lowest = top + 2 * rowHeight - clientHeight
  if (top < scrollTop) scroller.scrollTop = top
  else if (lowest > scrollTop) scroller.scrollTop = lowest
}

/** How many rows a run may have moved down before its row is given up. */
const reach = 500

/** The cursor's row in a list that may have grown at its top: the row that holds its run, if that is at hand. */
function indexOf({ run, index }: Cursor, rowAt: (index: number) => RunSummary | undefined, count: number): number {
  const last = Math.max(0, count - 1)
  if (run === null || rowAt(index)?.id === run) return Math.min(index, last)
  for (let at = 0; at <= Math.min(last, index + reach); at++) if (rowAt(at)?.id === run) return at
  return Math.min(index, last)
}
