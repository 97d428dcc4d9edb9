import { expect, test } from 'vitest'
import { neighbour } from './neighbour.ts'

const box = (x: number, y: number) => ({ x, y, width: 100, height: 40 })
/** `near` stands beside `from`, `far` behind it; `below` stands under it. */
const boxes = new Map([
  ['from', box(0, 0)],
  ['near', box(200, 0)],
  ['far', box(400, 80)],
  ['below', box(10, 100)],
])

test('the nearest in a direction', () => {
  expect(neighbour('from', 'right', boxes, new Set())).toBe('near')
  expect(neighbour('from', 'down', boxes, new Set())).toBe('below')
  expect(neighbour('near', 'left', boxes, new Set())).toBe('from')
  expect(neighbour('from', 'up', boxes, new Set())).toBeUndefined()
})

test('an edge leads sideways before nearness does', () => {
  expect(neighbour('from', 'right', boxes, new Set(['far']))).toBe('far')
})
