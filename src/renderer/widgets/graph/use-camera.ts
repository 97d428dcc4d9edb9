import { useReactFlow, useStore } from '@xyflow/react'
import { useEffect, useEffectEvent, useMemo, useRef } from 'react'
import { anchored, attending, fitting, focusing, readableZoom, revealing, type Size, type Viewport } from './camera.ts'
import { type Box, centreOf, type Point } from './geometry.ts'
import type { Placed } from './use-layout.ts'

export interface Camera {
  fit(): void
  zoom(by: 'in' | 'out'): void
  /** Moves only if the item is not in sight. */
  reveal(item: string): void
  /** What is revealed next is to be read, too. */
  approach(): void
  /** The item nearest to the middle of what is seen. */
  middle(): string | undefined
  /** From now on a change of size leaves the viewport alone. */
  leaveAlone(): void
}

/**
 * Looks at the graph: all of it at first, or the part that matters most where all of it could not be read. What a
 * person looked at stays where it is when the graph is folded or unfolded.
 */
export function useCamera(placed: Placed, important: () => string | undefined): Camera {
  const { layout } = placed
  const flow = useReactFlow()
  const width = useStore((state) => state.width)
  const height = useStore((state) => state.height)
  const size = useMemo((): Size => ({ width, height }), [width, height])
  const isOwn = useRef(true)
  const isApproaching = useRef(false)
  const before = useRef<Placed>(undefined)

  const camera = useMemo((): Camera => {
    const move = (to: Viewport | undefined): void => {
      if (to !== undefined) void flow.setViewport(to, { duration: isStill() ? 0 : 180 })
    }
    const at = (item: string, look: (box: Box) => Viewport | undefined): void => {
      const box = layout.boxes.get(item)
      if (box !== undefined && size.width > 0) move(look(box))
    }
    return {
      fit: () => {
        isOwn.current = true
        move(fitting(layout.bounds, size))
      },
      zoom: (by) => {
        isOwn.current = false
        void (by === 'in' ? flow.zoomIn({ duration: 120 }) : flow.zoomOut({ duration: 120 }))
      },
      reveal: (item) =>
        at(item, (box) => {
          const comesNear = isApproaching.current && flow.getZoom() < readableZoom
          isApproaching.current = false
          return comesNear ? focusing(box, size) : revealing(flow.getViewport(), box, size)
        }),
      approach: () => {
        isOwn.current = false
        isApproaching.current = true
      },
      middle: () => nearest(layout.boxes, middleOf(flow.getViewport(), size)),
      leaveAlone: () => {
        isOwn.current = false
      },
    }
  }, [flow, layout, size])

  const look = useEffectEvent((now: Placed) => {
    const was = before.current
    before.current = now
    if (isOwn.current) {
      void flow.setViewport(attending(layout.bounds, layout.boxes.get(important() ?? ''), size))
    } else if (was !== undefined && was.layout !== layout) {
      const pair = sameInBoth(was, now, flow.getViewport(), size)
      if (pair !== undefined) void flow.setViewport(anchored(flow.getViewport(), ...pair))
    }
  })
  useEffect(() => {
    if (size.width > 0 && size.height > 0) look(placed)
  }, [placed, size])
  return camera
}

/** Of the items near the middle of what is seen, one that stands in both, or whose first step does. */
function sameInBoth(was: Placed, now: Placed, viewport: Viewport, size: Size): readonly [Box, Box] | undefined {
  const id = nearest(was.layout.boxes, middleOf(viewport, size))
  const item = was.view.items.find((each) => each.id === id)
  const step = item?.type === 'fold' ? item.steps[0] : item?.id
  if (item === undefined || step === undefined) return undefined
  const [old, fresh] = [was.layout.boxes.get(item.id), now.layout.boxes.get(now.view.itemOf.get(step) ?? '')]
  return old === undefined || fresh === undefined ? undefined : [old, fresh]
}

/** The point of the drawing in the middle of the screen. */
const middleOf = ({ x, y, zoom }: Viewport, { width, height }: Size): Point => ({
  x: (width / 2 - x) / zoom,
  y: (height / 2 - y) / zoom,
})

function nearest(boxes: ReadonlyMap<string, Box>, { x, y }: Point): string | undefined {
  const distances = [...boxes].map(([id, box]) => ({ id, distance: Math.hypot(centreOf(box).x - x, centreOf(box).y - y) }))
  return distances.toSorted((a, b) => a.distance - b.distance)[0]?.id
}

const isStill = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches
