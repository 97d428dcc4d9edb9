import fc from 'fast-check'
import { expect, test } from 'vitest'
import { endings, percent } from './shares.ts'

test.each([
  [0, 0, '–'],
  [0, 10, '0%'],
  [10, 10, '100%'],
  [61, 63, '96.8%'],
  [99_999, 100_000, '99.99%'],
  [1, 1_000_000, '0.01%'],
  [1, 2, '50.0%'],
])('%d of %d is %s', (part, whole, written) => expect(percent(part, whole)).toBe(written))

test('only a whole is written as one, and only nothing as nothing', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000_000 }), fc.nat(10_000_000), (whole, given) => {
      const part = Math.min(given, whole)
      expect(percent(part, whole) === '100%').toBe(part === whole)
      expect(Number.parseFloat(percent(part, whole)) === 0).toBe(part === 0)
    }),
  )
})

test('runs that failed or were cancelled have ended too', () => {
  const at = { at: 0, started: 9 }
  const outcomes = [
    { ...at, completed: 3, failed: 1, cancelled: 0 },
    { ...at, completed: 2, failed: 0, cancelled: 2 },
  ]
  expect(endings({ outcomes })).toEqual({ all: 8, completed: 5 })
})
