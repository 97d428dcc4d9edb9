import { type PointerEvent, useRef } from 'react'
import { useStable } from '../../state/stable.ts'
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

interface Hold {
  /** Where the pointer went down, and where the track begins: measured once, since that would lay the page out anew. */
  readonly from: number
  readonly left: number
  /** What it is over since it began to drag. */
  over: number | undefined
  drags: boolean
  /** The frame before which it tells what it is over. */
  frame: number | undefined
}

/** A press takes the nearest mark, and once more the next one that stands there; a drag takes the playhead along. */
export function useScrub({ marks, scale, chosen, onMark, onScrub }: Track, places: readonly PlacedMark[]): Hand {
  const held = useRef<Hold>(undefined)
  // The same for every frame: what a frame was asked for with stays in memory until all of it is looked through.
  const tellWhatItIsOver = useStable(() => {
    if (held.current === undefined) return
    held.current.frame = undefined
    onScrub(held.current.over)
  })
  const letGo = ({ clientX }: PointerEvent<HTMLElement>): void => {
    const hold = held.current
    held.current = undefined
    if (hold === undefined) return
    cancelAnimationFrame(hold.frame ?? 0)
    const x = clientX - hold.left
    const under = markUnder(marks, scale, x)?.number
    const near = hold.drags || under === undefined ? undefined : nearestPlace(places, x)
    onMark(near === undefined ? under : nextAt(near, chosen).number)
  }
  return {
    onPointerDown: ({ button, clientX, pointerId, currentTarget }) => {
      if (button !== 0) return
      currentTarget.setPointerCapture(pointerId)
      held.current = { from: clientX, left: currentTarget.getBoundingClientRect().left, over: chosen, drags: false, frame: undefined }
    },
    onPointerMove: (event) => {
      const hold = held.current
      const { clientX } = event
      if (hold === undefined || (!hold.drags && Math.abs(clientX - hold.from) < slop)) return
      // Of a pointer that is held nobody else need know: the panes would measure themselves at each of its moves.
      event.stopPropagation()
      const over = markUnder(marks, scale, clientX - hold.left)?.number
      if (hold.drags && over === hold.over) return
      hold.drags = true
      hold.over = over
      // A pointer may move several times a frame; all but the last would be drawn for nobody.
      hold.frame ??= requestAnimationFrame(tellWhatItIsOver)
    },
    onPointerUp: letGo,
    onPointerCancel: letGo,
  }
}
