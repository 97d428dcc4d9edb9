import { type Box, centreOf } from './geometry.ts'

export type Direction = 'left' | 'right' | 'up' | 'down'

/**
 * The item that lies next in a direction. Of those that an edge leads to one comes first, so that left and right
 * follow the path; else the nearest, where what lies beside the way counts as farther.
 */
export function neighbour(
  from: string,
  direction: Direction,
  boxes: ReadonlyMap<string, Box>,
  linked: ReadonlySet<string>,
): string | undefined {
  const origin = boxes.get(from)
  if (origin === undefined) return undefined
  const start = centreOf(origin)
  const ahead = [...boxes].flatMap(([id, box]) => {
    const { x, y } = centreOf(box)
    const [along, aside] = turned(direction, x - start.x, y - start.y)
    return along > 1 ? [{ id, distance: along + 3 * Math.abs(aside) }] : []
  })
  const near = ahead.toSorted((a, b) => a.distance - b.distance)
  const isSideways = direction === 'left' || direction === 'right'
  return (near.find(({ id }) => isSideways && linked.has(id)) ?? near[0])?.id
}

/** How far along the direction, and how far aside of it. */
function turned(direction: Direction, x: number, y: number): readonly [number, number] {
  switch (direction) {
    case 'left':
      return [-x, y]
    case 'right':
      return [x, y]
    case 'up':
      return [-y, x]
    case 'down':
      return [y, x]
  }
}
