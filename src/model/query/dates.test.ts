import fc from 'fast-check'
import { expect, test } from 'vitest'
import { periodOf } from './dates.ts'

test('every instant is found again under its date, as JavaScript writes it', () => {
  const latest = Date.UTC(9999, 11, 31)
  fc.assert(
    fc.property(fc.integer({ min: 0, max: latest }), (instant) => {
      const written = new Date(instant).toISOString()
      const day = 86_400_000
      expect(periodOf(written)).toEqual({ from: instant, until: instant + 1 })
      expect(periodOf(written.slice(0, 10))).toEqual({ from: instant - (instant % day), until: instant - (instant % day) + day })
    }),
  )
})

test('a zone moves it', () => {
  expect(periodOf('2026-11-20T14:30+02:00')).toEqual(periodOf('2026-11-20T12:30Z'))
  expect(periodOf('2026-11-20T23:30:00-01:30')).toEqual(periodOf('2026-11-21T01:00:00'))
})

test.each(['2026-02-29', '2026-13-01', '2026-00-10', '2026-11-31', '2026-11-20T24:00', '1969-12-31', '2026-11-20T1', 'today', ''])(
  '%s is no date',
  (text) => expect(periodOf(text)).toBeUndefined(),
)
