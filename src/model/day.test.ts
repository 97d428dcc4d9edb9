import { expect, test } from 'vitest'
import { dayOf } from './day.ts'

test.each(['2026-11-20T00:00:00.000Z', '2026-11-20T23:59:59.999Z', '1970-01-01T00:00:00.000Z', '2027-03-04T05:06:07.000Z'])('the day of %s', (moment) => {
  expect(dayOf(Date.parse(moment))).toBe(moment.slice(0, 10))
})
