import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseDuration } from './duration.ts'

test('what an author writes becomes milliseconds', () => {
  expect(['250ms', '1.5s', '5m', '24h', '7d'].map(parseDuration)).toEqual([250, 1_500, 300_000, 86_400_000, 604_800_000])
})

test('everything else is refused', () => {
  for (const text of ['', '5', 'm', '-1s', '1 s', '1w', 'NaNs', '1e3s', '9999999999999999d']) expect(parseDuration(text)).toBeUndefined()
})

test('a whole number of any unit is exact', () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), (count) => {
      expect(parseDuration(`${count}s`)).toBe(count * 1_000)
      expect(parseDuration(`${count}m`)).toBe(count * 60_000)
    }),
  )
})
