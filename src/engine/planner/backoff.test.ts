import fc from 'fast-check'
import { expect, test } from 'vitest'
import { backoff } from './backoff.ts'

const policy = fc.record({
  attempts: fc.integer({ min: 1, max: 100 }),
  initial: fc.integer({ min: 0, max: 10_000 }),
  factor: fc.double({ min: 1, max: 10, noNaN: true }),
  max: fc.integer({ min: 0, max: 100_000 }),
  jitter: fc.double({ min: 0, max: 1, noNaN: true }),
})
const fraction = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true })

test('the wait is never over its maximum and never below what jitter may take off', () => {
  fc.assert(
    fc.property(policy, fc.integer({ min: 1, max: 60 }), fraction, (given, tries, chance) => {
      const whole = backoff({ ...given, jitter: 0 }, tries, 0)
      const wait = backoff(given, tries, chance)
      expect(wait).toBeLessThanOrEqual(given.max)
      expect(wait).toBeLessThanOrEqual(whole)
      expect(wait).toBeGreaterThanOrEqual(Math.floor(whole * (1 - given.jitter)) - 1)
    }),
  )
})

test('without jitter each wait is at least as long as the one before', () => {
  fc.assert(
    fc.property(policy, fc.integer({ min: 1, max: 60 }), (given, tries) => {
      const steady = { ...given, jitter: 0 }
      expect(backoff(steady, tries + 1, 0)).toBeGreaterThanOrEqual(backoff(steady, tries, 0))
    }),
  )
})
