import { expect, test } from 'vitest'
import { lasting, moment } from './times.ts'

test.each([
  [0, '0 ms'],
  [999, '999 ms'],
  [1_000, '1.0 s'],
  [59_900, '59.9 s'],
  [60_000, '1 min 0 s'],
  [3_599_999, '59 min 59 s'],
  [3_600_000, '1 h 0 min'],
  [90_061_000, '1 d 1 h'],
])('%i ms are %s', (millis, words) => {
  expect(lasting(millis)).toBe(words)
})

test('a moment is written in this machine’s time zone', () => {
  const noon = new Date(2026, 10, 21, 12, 0, 5)
  expect(moment(noon.getTime())).toBe('2026-11-21 12:00:05')
})
