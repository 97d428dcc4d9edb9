/** Points and boxes of a drawing, in CSS pixels from its upper left. */
export interface Point {
  readonly x: number
  readonly y: number
}

export interface Box extends Point {
  readonly width: number
  readonly height: number
}

export const centreOf = ({ x, y, width, height }: Box): Point => ({ x: x + width / 2, y: y + height / 2 })

/** The smallest box around all of them; an empty one at the origin where there are none. */
export function boundsOf(boxes: readonly Box[]): Box {
  if (boxes.length === 0) return { x: 0, y: 0, width: 0, height: 0 }
  const x = Math.min(...boxes.map((box) => box.x))
  const y = Math.min(...boxes.map((box) => box.y))
  return {
    x,
    y,
    width: Math.max(...boxes.map((box) => box.x + box.width)) - x,
    height: Math.max(...boxes.map((box) => box.y + box.height)) - y,
  }
}

/** An SVG path through the points that leaves and enters each of them horizontally. */
export function smoothPath([first, ...rest]: readonly Point[]): string {
  if (first === undefined) return ''
  let from = first
  const parts = rest.map((to) => {
    const half = (from.x + to.x) / 2
    const part = from.y === to.y ? `L${to.x},${to.y}` : `C${half},${from.y} ${half},${to.y} ${to.x},${to.y}`
    from = to
    return part
  })
  return `M${first.x},${first.y}${parts.join('')}`
}
