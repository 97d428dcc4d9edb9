import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useCallback } from 'react'
import { rowHeight } from './row-height.ts'

/** Rows that are drawn out of sight, on either side. */
const ahead = 6

/** Rows come and go so many at a time: most frames of scrolling then change nothing of the page; more take too long at once. */
const block = 4

interface Drawing {
  readonly count: number
  readonly cursor: number | null
  readonly scroller: RefObject<HTMLDivElement | null>
  /** Where the list begins to be shown, in pixels. */
  readonly startAt: number
  readonly onScrolled: (top: number, first: number, last: number) => void
}

interface DrawnRow {
  readonly index: number
  /** Pixels below the first row. */
  readonly top: number
  /** Whose elements it takes: those of a row that is not drawn any more. */
  readonly key: string | number
}

interface DrawnRows {
  readonly rows: readonly DrawnRow[]
  /** Pixels of all rows, drawn or not. */
  readonly height: number
}

/** Which rows are drawn: those in view, some on either side, and that of the cursor wherever it is. */
export function useDrawnRows({ count, cursor, scroller, startAt, onScrolled }: Drawing): DrawnRows {
  const withCursor = useCallback(
    (range: Range) => {
      const drawn = defaultRangeExtractor(inBlocks(range))
      if (cursor === null || cursor >= range.count || drawn.includes(cursor)) return drawn
      return cursor < (drawn[0] ?? 0) ? [cursor, ...drawn] : [...drawn, cursor]
    },
    [cursor],
  )
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: ahead,
    scrollMargin: rowHeight,
    scrollPaddingStart: rowHeight,
    initialOffset: startAt,
    rangeExtractor: withCursor,
    onChange({ scrollOffset, range }) {
      onScrolled(scrollOffset ?? 0, range?.startIndex ?? 0, range?.endIndex ?? 0)
    },
  })
  const items = virtualizer.getVirtualItems()
  const pool = Math.ceil((items.length + block) / 16) * 16
  const rows = items.map(({ index, start }) => ({ index, top: start - rowHeight, key: index === cursor ? 'cursor' : index % pool }))
  return { rows, height: virtualizer.getTotalSize() }
}

function inBlocks({ startIndex, endIndex, ...range }: Range): Range {
  const first = Math.floor(startIndex / block) * block
  // As long wherever it begins, so that rows come in the frame in which others go.
  const last = first + block + Math.ceil((endIndex - startIndex) / block) * block
  return { ...range, startIndex: first, endIndex: Math.min(range.count - 1, last) }
}
