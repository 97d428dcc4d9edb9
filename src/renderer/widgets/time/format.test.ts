import { expect, test } from 'vitest'
import { age, clockTime, fullTime, lengthOfTime, shortTime } from './format.ts'

test.each([
  [0.456, '0.46 ms'],
  [3.14, '3.1 ms'],
  [640, '640 ms'],
  [999, '999 ms'],
  [1_449, '1.4 s'],
  [9_999, '9.9 s'],
  [38_400, '38 s'],
  [60_000, '1 min'],
  [125_000, '2 min 5 s'],
  [12_000_000, '3 h 20 min'],
  [187_200_000, '2 d 4 h'],
  [-1_500, '-1.5 s'],
])('%d ms is written %s', (millis, written) => expect(lengthOfTime(millis)).toBe(written))

test.each([
  [0, 'now'],
  [-12_300, '12 s ago'],
  [-9_100, '9 s ago'],
  [-125_000, '2 min ago'],
  [3 * 3_600_000 + 5, 'in 3 h'],
  [-200_000_000, '2 d ago'],
])('%d ms from now is %s', (from, written) => expect(age(1_000_000_000 + from, 1_000_000_000)).toBe(written))

const noon = Date.UTC(2026, 10, 21, 12, 0, 5, 7)

test('a time is written in the zone that is asked for', () => {
  expect(clockTime(noon, 'UTC')).toBe('12:00:05')
  expect(clockTime(noon, 'Europe/Berlin')).toBe('13:00:05')
  expect(fullTime(noon, 'UTC')).toBe('21 Nov 2026, 12:00:05.007 UTC')
})

test('a time of another day has its date', () => {
  expect(shortTime(noon, noon + 60_000, 'UTC')).toBe('12:00:05')
  expect(shortTime(noon, noon + 86_400_000, 'UTC')).toBe('21 Nov, 12:00')
})
