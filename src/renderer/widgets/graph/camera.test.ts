import { expect, test } from 'vitest'
import { anchored, attending, fitting, readableZoom, revealing } from './camera.ts'
import { centreOf } from './geometry.ts'

const size = { width: 1000, height: 600 }
const box = (x: number, y: number) => ({ x, y, width: 100, height: 50 })

test('all of a large drawing is seen, and a small one is not blown up', () => {
  const { x, y, zoom } = fitting({ x: 100, y: -50, width: 4000, height: 400 }, size)
  expect(100 * zoom + x).toBeGreaterThanOrEqual(0)
  expect(4100 * zoom + x).toBeLessThanOrEqual(size.width)
  expect(-50 * zoom + y).toBeGreaterThanOrEqual(0)
  expect(fitting(box(0, 0), size).zoom).toBeLessThan(1.5)
})

test('of a drawing too large to be read whole as much is seen as can be, and no emptiness beyond its ends', () => {
  const bounds = { x: 0, y: 0, width: 4000, height: 100 }
  const seen = (at: number) => {
    const { x, zoom } = attending(bounds, box(at, 0), size)
    expect(zoom).toBeGreaterThan(readableZoom)
    return [-x / zoom, (size.width - x) / zoom]
  }
  const [left = 0, right = 0] = seen(2000)
  expect((left + right) / 2).toBeCloseTo(2050)
  expect((seen(3900)[1] ?? 0) - 4000).toBeLessThan(40)
  expect(-(seen(0)[0] ?? 0)).toBeLessThan(40)
  const { y, zoom } = attending(bounds, box(2000, 0), size)
  expect(y + 50 * zoom).toBeCloseTo(fitting(bounds, size).y + 50 * fitting(bounds, size).zoom)
})

test('a box that is seen moves nothing', () => {
  expect(revealing({ x: 0, y: 0, zoom: 1 }, box(300, 200), size)).toBeUndefined()
})

test('a box that is out of sight is brought in, with what is around it', () => {
  const seen = revealing({ x: 0, y: 0, zoom: 1 }, box(2000, 200), size)
  expect(seen).toMatchObject({ y: 0, zoom: 1 })
  expect(2100 + (seen?.x ?? 0)).toBeLessThan(0.8 * size.width)
  expect(revealing({ x: 0, y: 0, zoom: 1 }, box(-500, 200), size)?.x).toBeGreaterThan(500)
})

test('a part that moved is seen where it was', () => {
  const before = { x: 10, y: 20, zoom: 0.5 }
  const after = anchored(before, box(100, 100), box(400, 0))
  const [was, is] = [centreOf(box(100, 100)), centreOf(box(400, 0))]
  expect(is.x * 0.5 + after.x).toBe(was.x * 0.5 + before.x)
  expect(is.y * 0.5 + after.y).toBe(was.y * 0.5 + before.y)
})
