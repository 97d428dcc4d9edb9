/** Where somebody stands in a list: how far it is scrolled, and where its cursor is; kept when they leave. */
import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react'
import { rowHeight } from '../../widgets/run-table/row-height.ts'
import type { Rows } from './pages.ts'
import { forgetPlace, keepPlace, type Cursor, placeIn } from './place-in-list.ts'
import { keyOf } from './search.ts'
import type { Listing } from './use-listing.ts'

/** The rows in view are told in steps of so many, so that scrolling by a row asks for nothing. */
const step = 25

interface Scrolled {
  readonly view: Rows
  readonly isAtTop: boolean
  /** Pixels, as of the last time that it was scrolled. */
  readonly top: RefObject<number>
  readonly onScrolled: (top: number, first: number, last: number) => void
}

/** Follows how far a list is scrolled that begins at `start` pixels. */
export function useScrolled(start: number): Scrolled {
  const top = useRef(start)
  const [isAtTop, setIsAtTop] = useState(start === 0)
  const [view, setView] = useState<Rows>(() => {
    const first = Math.floor(start / rowHeight)
    return { first, last: first + step }
  })
  const onScrolled = useCallback((now: number, from: number, to: number) => {
    top.current = now
    setIsAtTop(now < rowHeight / 2)
    const next = { first: Math.floor(from / step) * step, last: Math.ceil(to / step) * step }
    setView((before) => (before.first === next.first && before.last === next.last ? before : next))
  }, [])
  return { view, isAtTop, top, onScrolled }
}

export interface Standing {
  readonly listing: Listing | undefined
  readonly count: number
  readonly cursor: Cursor | null
}

/** Brings a list that is shown anew to where it was left, or to its top, and keeps that place when it is left. */
export function useKeptPlace(now: Standing, top: RefObject<number>, scroller: RefObject<HTMLDivElement | null>): void {
  const { asking, reading = 0 } = now.listing ?? {}
  const key = asking === undefined ? undefined : keyOf(asking)
  const latest = useRef(now)
  // When a list is left, this is still how it was: React clears effects up before it makes any anew.
  useLayoutEffect(() => void (latest.current = now))
  useLayoutEffect(() => {
    const { listing } = latest.current
    if (listing === undefined || key === undefined) return
    scroller.current?.scrollTo({ top: placeIn(listing.asking)?.top ?? 0 })
    const keep = (): void => keepStanding(latest.current, top.current)
    window.addEventListener('pagehide', keep)
    return () => {
      window.removeEventListener('pagehide', keep)
      keep()
    }
  }, [key, top, scroller])
  useLayoutEffect(() => {
    if (reading > 0) scroller.current?.scrollTo({ top: 0 })
  }, [reading, scroller])
}

function keepStanding({ listing, count, cursor }: Standing, top: number): void {
  if (listing === undefined) return
  const { asking, upTo } = listing
  if (top === 0 && cursor === null) forgetPlace(asking)
  else keepPlace(asking, { top, upTo, count, cursor })
}
