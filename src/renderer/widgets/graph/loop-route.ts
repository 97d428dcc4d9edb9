/**
 * Leads loops back below the items that they pass. A loop leaves through the bottom of its step where nothing stands
 * below that, else through the gap on its right; it comes to its target in the same way. Loops that lie above
 * one another run at different depths, the shorter one nearer.
 */
import type { ItemEdge } from './collapse.ts'
import type { Box, Point } from './geometry.ts'

const clearance = 26
const laneHeight = 24
const gap = 15
const corner = 14
const labelWidth = 130

export interface LoopRoute {
  readonly path: string
  readonly label: Point
}

interface Lane {
  readonly left: number
  readonly right: number
  readonly depth: number
}

export function routeLoops(loops: readonly ItemEdge[], boxes: ReadonlyMap<string, Box>): ReadonlyMap<string, LoopRoute> {
  const all = [...boxes.values()]
  const lanes: Lane[] = []
  const ends = loops.flatMap(({ id, from, to }) => {
    const [source, target] = [boxes.get(from), boxes.get(to)]
    return source === undefined || target === undefined ? [] : [{ id, source, target }]
  })
  const shortestFirst = ends.toSorted((a, b) => width(a) - width(b))
  return new Map(
    shortestFirst.map(({ id, source, target }) => {
      const [left, right] = [Math.min(target.x, source.x), Math.max(source.x, target.x) + source.width]
      const passed = all.filter((box) => box.x < right && box.x + box.width > left)
      const lowest = Math.max(...passed.map((box) => box.y + box.height)) + clearance
      const depth = freeDepth(lanes, left, right, lowest)
      const start = leave(source, all, 'right')
      const end = leave(target, all, 'left')
      const path = roundedPath([...start, { x: x(start), y: depth }, { x: x(end), y: depth }, ...end.toReversed()])
      // A short loop would lie hidden behind its label.
      const labelDepth = Math.abs(x(start) - x(end)) < labelWidth ? depth + laneHeight / 2 : depth
      lanes.push({ left, right, depth: labelDepth })
      return [id, { path, label: { x: (x(start) + x(end)) / 2, y: labelDepth } }]
    }),
  )
}

const width = ({ source, target }: { source: Box; target: Box }): number => Math.abs(source.x - target.x)
const x = (points: readonly Point[]): number => points.at(-1)?.x ?? 0

function freeDepth(lanes: readonly Lane[], left: number, right: number, lowest: number): number {
  const beside = lanes.filter((lane) => lane.left < right && lane.right > left)
  let depth = lowest
  while (beside.some((lane) => Math.abs(lane.depth - depth) < laneHeight)) depth += laneHeight
  return depth
}

/** The first points of a way out of a box that ends above or beside free ground. */
function leave(box: Box, all: readonly Box[], side: 'left' | 'right'): readonly Point[] {
  const bottom = box.y + box.height
  const blocked = all.some((other) => other.y >= bottom && other.x < box.x + box.width && other.x + other.width > box.x)
  const share = side === 'right' ? 0.7 : 0.3
  if (!blocked) return [{ x: box.x + box.width * share, y: bottom }]
  const edge = side === 'right' ? box.x + box.width : box.x
  const y = bottom - 12
  return [
    { x: edge, y },
    { x: side === 'right' ? edge + gap : edge - gap, y },
  ]
}

/** Straight lines with round corners. */
function roundedPath(points: readonly Point[]): string {
  return points
    .map((point, index) => {
      const [before, after] = [points[index - 1], points[index + 1]]
      if (before === undefined) return `M${point.x},${point.y}`
      if (after === undefined) return `L${point.x},${point.y}`
      const radius = Math.min(corner, distance(before, point) / 2, distance(point, after) / 2)
      const [near, far] = [towards(point, before, radius), towards(point, after, radius)]
      return `L${near.x},${near.y}Q${point.x},${point.y} ${far.x},${far.y}`
    })
    .join('')
}

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y)

function towards(from: Point, to: Point, length: number): Point {
  const whole = distance(from, to)
  if (whole === 0) return from
  return { x: from.x + ((to.x - from.x) * length) / whole, y: from.y + ((to.y - from.y) * length) / whole }
}
