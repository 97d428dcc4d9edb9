import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tickWords, timeTicks } from './time-axis.ts'

const day = 86_400_000

test('ticks are round, in order, within the axis, and few', () => {
  fc.assert(
    fc.property(fc.nat(2_000_000_000_000), fc.integer({ min: 60_000, max: 31 * day }), (from, length) => {
      const ticks = timeTicks(from, from + length)
      expect(ticks.length).toBeLessThanOrEqual(7)
      expect(ticks.every((at) => at >= from && at <= from + length && at % 60_000 === 0)).toBe(true)
      expect(ticks).toEqual(ticks.toSorted((a, b) => a - b))
    }),
  )
})

test('a long axis names days, a short one times', () => {
  const noon = Date.UTC(2026, 10, 21, 12)
  expect(tickWords(noon - 7 * day, noon, 'UTC')(noon)).toBe('21 Nov')
  expect(tickWords(noon - day, noon, 'Europe/Berlin')(noon)).toBe('13:00')
})
