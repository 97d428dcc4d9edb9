import fc from 'fast-check'
import { expect, test } from 'vitest'
import { edgesWithin, tilesInSight } from './in-sight.ts'
import type { PlacedEdge } from './layout.ts'

const size = { width: 1_000, height: 600 }
const viewport = fc.record({
  x: fc.integer({ min: -100_000, max: 100_000 }),
  y: fc.integer({ min: -100_000, max: 100_000 }),
  zoom: fc.double({ min: 0.04, max: 2, noNaN: true }),
})

test('all that is in sight is drawn, and not much more', () => {
  fc.assert(
    fc.property(viewport, ({ x, y, zoom }) => {
      const tiles = tilesInSight({ x, y, zoom }, size)
      expect(tiles.x).toBeLessThanOrEqual(-x / zoom)
      expect(tiles.y).toBeLessThanOrEqual(-y / zoom)
      expect(tiles.x + tiles.width).toBeGreaterThanOrEqual((size.width - x) / zoom)
      expect(tiles.y + tiles.height).toBeGreaterThanOrEqual((size.height - y) / zoom)
      expect(tiles.width * zoom).toBeLessThanOrEqual(4 * size.width)
    }),
  )
})

test('most movements draw nothing anew', () => {
  const seen = Array.from({ length: 500 }, (_, x) => JSON.stringify(tilesInSight({ x: -x, y: 0, zoom: 1 }, size)))
  expect(new Set(seen).size).toBeLessThan(4)
})

test('of two thousand edges those in sight are drawn, and those that pass through it', () => {
  const edge = (index: number, from: number, until: number): PlacedEdge => ({
    id: `${index}`,
    kind: 'need',
    from: '',
    to: '',
    path: '',
    label: null,
    bounds: { x: from, y: 0, width: until - from, height: 10 },
  })
  const edges = Array.from({ length: 2_000 }, (_, index) => edge(index, index * 200, index * 200 + 100))
  const drawn = edgesWithin([...edges, edge(-1, 0, 400_000)], tilesInSight({ x: -200_000, y: 0, zoom: 1 }, size))
  expect(drawn.length).toBeLessThan(20)
  expect(drawn.map(({ id }) => id)).toContain('-1')
})
