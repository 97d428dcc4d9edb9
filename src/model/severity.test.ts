import { expect, test } from 'vitest'
import { severityOf } from './severity.ts'

const plain = { optional: false, critical: false }

test('what may pass is less than what somebody has to mend, and nothing is worse than damage', () => {
  expect(severityOf('transient', plain)).toBe('low')
  expect(severityOf('validation', plain)).toBe('high')
  expect(severityOf('corruption', null)).toBe('critical')
})

test('a critical step weighs one more, an optional one one less, and a run as a whole one more', () => {
  expect(severityOf('timeout', { ...plain, critical: true })).toBe('high')
  expect(severityOf('timeout', { ...plain, optional: true })).toBe('low')
  expect(severityOf('transient', { ...plain, optional: true })).toBe('low')
  expect(severityOf('timeout', null)).toBe('high')
})
