import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { hostNow, isPastOnHost, setHostTime } from './now.ts'

const hour = 3_600_000

beforeEach(() => void vi.useFakeTimers({ now: 10 * hour, toFake: ['Date'] }))
afterEach(() => void vi.useRealTimers())

test.each([-3 * hour, 0, 3 * hour])('the host says what time it is, and this machine only counts on; it may be %d ms off', (off) => {
  setHostTime(10 * hour - off)
  vi.advanceTimersByTime(1_500)
  expect(hostNow()).toBe(10 * hour - off + 1_500)
})

test('what has happened on the host is past there, though its time was heard late', () => {
  setHostTime(10 * hour - 300)
  isPastOnHost(10 * hour)
  expect(hostNow()).toBe(10 * hour)
  isPastOnHost(9 * hour)
  expect(hostNow()).toBe(10 * hour)
})
