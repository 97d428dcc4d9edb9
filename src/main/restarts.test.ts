import { expect, test } from 'vitest'
import { Restarts } from './restarts.ts'

test('the first death is followed by a start at once, and each further one by a longer pause', () => {
  const restarts = new Restarts()
  const pauses = Array.from({ length: 10 }, () => restarts.pauseAfter(100))
  expect(pauses).toEqual([0, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000])
})

test('a host that stood is started again at once', () => {
  const restarts = new Restarts()
  for (let count = 0; count < 5; count += 1) restarts.pauseAfter(100)
  expect(restarts.pauseAfter(60_000)).toBe(0)
  expect(restarts.pauseAfter(59_999)).toBe(500)
})
