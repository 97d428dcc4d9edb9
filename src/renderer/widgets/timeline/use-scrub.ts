import { type PointerEvent, useRef } from 'react'
import { markUnder, nextAt, nearestPlace, type PlacedMark } from './marks.ts'
import type { Scale } from './scale.ts'
import type { TimelineProps } from './timeline-props.ts'

interface Track extends Pick<TimelineProps, 'marks' | 'onMark' | 'onScrub'> {
  readonly scale: Scale
  readonly chosen: number | undefined
}

/** From so many pixels on a pointer that is held down drags. */
const slop = 3

interface Hand {
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void
  readonly onPointerUp: (event: PointerEvent<HTMLElement>) => void
  readonly onPointerCancel: (event: PointerEvent<HTMLElement>) => void
}

/** A press takes the nearest mark, and once more the next one that stands there; a drag takes the playhead along. */
export function useScrub({ marks, scale, chosen, onMark, onScrub }: Track, places: readonly PlacedMark[]): Hand {
  /** Where the pointer went down, and what it is over since it began to drag. */
  const held = useRef<{ readonly from: number; over: number | undefined; drags: boolean }>(undefined)
  const under = (event: PointerEvent<HTMLElement>): number | undefined => markUnder(marks, scale, placeOf(event))?.number
  const letGo = (event: PointerEvent<HTMLElement>): void => {
    const hold = held.current
    held.current = undefined
    if (hold === undefined) return
    if (hold.drags) {
      onMark(under(event))
      return
    }
    const x = placeOf(event)
    const near = markUnder(marks, scale, x) === undefined ? undefined : nearestPlace(places, x)
    onMark(near === undefined ? undefined : nextAt(near, chosen).number)
  }
  return {
    onPointerDown: (event) => {
      if (event.button !== 0) return
      event.currentTarget.setPointerCapture(event.pointerId)
      held.current = { from: event.clientX, over: chosen, drags: false }
    },
    onPointerMove: (event) => {
      const hold = held.current
      if (hold === undefined || (!hold.drags && Math.abs(event.clientX - hold.from) < slop)) return
      const over = under(event)
      if (hold.drags && over === hold.over) return
      hold.drags = true
      hold.over = over
      onScrub(over)
    },
    onPointerUp: letGo,
    onPointerCancel: letGo,
  }
}

/** In pixels from the left of what the pointer is on. */
function placeOf({ clientX, currentTarget }: PointerEvent<HTMLElement>): number {
  return clientX - currentTarget.getBoundingClientRect().left
}
