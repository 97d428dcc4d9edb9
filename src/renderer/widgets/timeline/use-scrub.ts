import { type PointerEvent, useEffect, useRef } from 'react'
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
  readonly onPointerUp: (event: PointerEvent<HTMLElement>) => void
  readonly onPointerCancel: (event: PointerEvent<HTMLElement>) => void
}

interface Hold {
  readonly pointer: number
  /** Where the pointer went down, and where the track begins: measured once, since that would lay the page out anew. */
  readonly from: number
  readonly left: number
  /** What it is over since it began to drag. */
  over: number | undefined
  drags: boolean
  /** Ends what is heard of the pointer meanwhile. */
  readonly heard: AbortController
}

/** A press takes the nearest mark, and once more the next one that stands there; a drag takes the playhead along. */
export function useScrub({ marks, scale, chosen, onMark, onScrub }: Track, places: readonly PlacedMark[]): Hand {
  const held = useRef<Hold>(undefined)
  const move = useStable((event: globalThis.PointerEvent) => {
    const hold = held.current
    const { clientX, pointerId } = event
    if (hold?.pointer !== pointerId) return
    hush(event)
    if (!hold.drags && Math.abs(clientX - hold.from) < slop) return
    const over = markUnder(marks, scale, clientX - hold.left)?.number
    if (hold.drags && over === hold.over) return
    hold.drags = true
    hold.over = over
    onScrub(over)
  })
  useEffect(() => () => held.current?.heard.abort(), [])
  const letGo = ({ clientX }: PointerEvent<HTMLElement>): void => {
    const hold = held.current
    held.current = undefined
    if (hold === undefined) return
    hold.heard.abort()
    const x = clientX - hold.left
    const under = markUnder(marks, scale, x)?.number
    const near = hold.drags || under === undefined ? undefined : nearestPlace(places, x)
    onMark(near === undefined ? under : nextAt(near, chosen).number)
  }
  return {
    onPointerDown: ({ button, clientX, pointerId, currentTarget }) => {
      if (button !== 0) return
      currentTarget.setPointerCapture(pointerId)
      held.current?.heard.abort()
      const heard = new AbortController()
      held.current = { pointer: pointerId, from: clientX, left: currentTarget.getBoundingClientRect().left, over: chosen, drags: false, heard }
      window.addEventListener('pointermove', move, { capture: true, signal: heard.signal })
      window.addEventListener('mousemove', hush, { capture: true, signal: heard.signal })
    },
    onPointerUp: letGo,
    onPointerCancel: letGo,
  }
}

/** Of a pointer that is held nobody else need know: the panes would measure themselves, and the page be searched for who listens. */
const hush = (event: Event): void => event.stopPropagation()
