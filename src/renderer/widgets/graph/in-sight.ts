/** What of a large drawing is drawn: what is in sight, and so much around it that most movements draw nothing anew. */
import type { Size, Viewport } from './camera.ts'
import type { Box } from './geometry.ts'
import type { PlacedEdge } from './layout.ts'

/** The part of the drawing that is seen, in whole tiles about as large as it. */
export function tilesInSight({ x, y, zoom }: Viewport, { width, height }: Size): Box {
  const tile = 2 ** Math.ceil(Math.log2(Math.max(width, height, 1) / zoom))
  const [left, top] = [Math.floor(-x / zoom / tile), Math.floor(-y / zoom / tile)]
  const [right, bottom] = [Math.ceil((width - x) / zoom / tile), Math.ceil((height - y) / zoom / tile)]
  return { x: left * tile, y: top * tile, width: (right - left) * tile, height: (bottom - top) * tile }
}

export function edgesWithin(edges: readonly PlacedEdge[], seen: Box): readonly PlacedEdge[] {
  return edges.filter(({ bounds }) => bounds === null || touches(bounds, seen))
}

const touches = (one: Box, other: Box): boolean =>
  one.x <= other.x + other.width &&
  one.x + one.width >= other.x &&
  one.y <= other.y + other.height &&
  one.y + one.height >= other.y
