/** Which part of the drawing is seen. A viewport maps a point p of the drawing to p * zoom + (x, y) of the screen. */
import { type Box, centreOf } from './geometry.ts'

export interface Viewport {
  readonly x: number
  readonly y: number
  readonly zoom: number
}

export interface Size {
  readonly width: number
  readonly height: number
}

export const leastZoom = 0.04
export const mostZoom = 2
/** Below this an item shows less, and larger. */
export const farZoom = 0.72
/** Below this its words are not read any more. */
export const readableZoom = 0.48
/** Below this it is a patch of colour. */
export const distantZoom = 0.3
const largestFit = 1.15
/** What cannot be read whole is read with ease, rather than barely. */
const attendingZoom = 0.56
/** Room for what lies over the canvas: the tools above, the legend below. */
const margin = { top: 52, right: 12, bottom: 48, left: 12 } as const

/** All of the drawing in the middle, enlarged a little at most. */
export function fitting(bounds: Box, size: Size): Viewport {
  const [width, height] = [size.width - margin.left - margin.right, size.height - margin.top - margin.bottom]
  const wanted = Math.min(width / Math.max(bounds.width, 1), height / Math.max(bounds.height, 1), largestFit)
  return around(bounds, Math.max(wanted, leastZoom), size)
}

/**
 * All of the drawing where that can be read; else as much of it as can, with one part in the middle unless there is
 * nothing beyond it to be shown.
 */
export function attending(bounds: Box, box: Box | undefined, size: Size): Viewport {
  const all = fitting(bounds, size)
  if (all.zoom >= readableZoom || box === undefined) return all
  const { x, y, zoom } = around(box, attendingZoom, size)
  return {
    x: filled(x, bounds.x * zoom, bounds.width * zoom, margin.left, size.width - margin.right),
    y: filled(y, bounds.y * zoom, bounds.height * zoom, margin.top, size.height - margin.bottom),
    zoom,
  }
}

/** The offset nearest to the wanted one that leaves nothing empty between two ends; what is shorter stands in the middle. */
function filled(wanted: number, start: number, length: number, from: number, to: number): number {
  if (length <= to - from) return (from + to - length) / 2 - start
  return Math.min(from - start, Math.max(to - start - length, wanted))
}

/** One part in the middle, large enough to be read. */
export function focusing(box: Box, size: Size): Viewport {
  return around(box, 0.85, size)
}

function around(box: Box, zoom: number, size: Size): Viewport {
  const { x, y } = centreOf(box)
  const middle = {
    x: (margin.left + size.width - margin.right) / 2,
    y: (margin.top + size.height - margin.bottom) / 2,
  }
  return { x: middle.x - x * zoom, y: middle.y - y * zoom, zoom }
}

/** The viewport nearby that shows the whole box and what is around it; undefined where this one shows the box. */
export function revealing(viewport: Viewport, box: Box, size: Size): Viewport | undefined {
  const { zoom } = viewport
  const x = into(box.x * zoom + viewport.x, box.width * zoom, margin.left, size.width - margin.right)
  const y = into(box.y * zoom + viewport.y, box.height * zoom, margin.top, size.height - margin.bottom)
  return x === 0 && y === 0 ? undefined : { x: viewport.x + x, y: viewport.y + y, zoom }
}

/** How far a stretch must move to lie between two ends: nothing where it does, else so far that its surroundings show. */
function into(start: number, length: number, from: number, to: number): number {
  if (start >= from && start + length <= to) return 0
  const around = Math.max(0, Math.min((to - from) / 4, (to - from - length) / 2))
  return start < from ? from + around - start : to - around - start - length
}

/** The viewport in which a part that moved is seen where it was. */
export function anchored({ x, y, zoom }: Viewport, before: Box, after: Box): Viewport {
  return { x: x + (before.x - after.x) * zoom, y: y + (before.y - after.y) * zoom, zoom }
}
