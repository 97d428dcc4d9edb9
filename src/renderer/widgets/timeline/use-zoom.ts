import { useMemo, useState } from 'react'
import type { Instant } from '../../../model/ids.ts'
import type { Scale } from './scale.ts'
import { canBeEnlarged, movedBy, revealing, seenThrough, type Zoom, zoomedBy } from './zoom.ts'

export interface ZoomControl {
  /** The measure of what is seen. */
  readonly scale: Scale
  readonly isWhole: boolean
  readonly canEnlarge: boolean
  /** So many times, about a place in pixels from the left. */
  zoom(times: number, x: number): void
  /** By so many pixels towards what came later. */
  move(pixels: number): void
  reveal(instant: Instant): void
  showWhole(): void
}

/** Which part of the time is seen, as a person has it. */
export function useZoom(whole: Scale): ZoomControl {
  const [zoom, setZoom] = useState<Zoom>()
  const scale = useMemo(() => seenThrough(whole, zoom), [whole, zoom])
  return useMemo(
    () => ({
      scale,
      isWhole: scale === whole,
      canEnlarge: canBeEnlarged(scale),
      zoom: (times, x) => setZoom((before) => zoomedBy(whole, before, times, x)),
      move: (pixels) => setZoom((before) => movedBy(whole, before, pixels)),
      reveal: (instant) => setZoom((before) => revealing(whole, before, instant)),
      showWhole: () => setZoom(undefined),
    }),
    [scale, whole],
  )
}
