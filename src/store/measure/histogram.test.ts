import fc from 'fast-check'
import { expect, test } from 'vitest'
import { add, cellOf, countOf, type Histogram, merged, quantile } from './histogram.ts'

/** From a microsecond to thirty days, as likely small as large. */
const lengths = (minLength = 0) => fc.array(fc.double({ min: -3, max: 9.4, noNaN: true }).map((power) => 10 ** power), { minLength, maxLength: 200 })
const histograms = lengths().map(of)

function of(millis: readonly number[]): Histogram {
  const histogram = new Map<number, number>()
  for (const length of millis) add(histogram, cellOf(length))
  return histogram
}

function sorted(histogram: Histogram): [number, number][] {
  return [...histogram].toSorted(([a], [b]) => a - b)
}

test('law: merging does not care for order or grouping, and nothing is lost in it', () => {
  fc.assert(
    fc.property(histograms, histograms, histograms, (a, b, c) => {
      const all = sorted(merged(a, b, c))
      expect(sorted(merged(merged(a, b), c))).toEqual(all)
      expect(sorted(merged(a, merged(b, c)))).toEqual(all)
      expect(sorted(merged(c, b, a))).toEqual(all)
      expect(countOf(merged(a, b, c))).toBe(countOf(a) + countOf(b) + countOf(c))
    }),
  )
})

test('law: the histogram of all is the merge of the histograms of the parts', () => {
  fc.assert(
    fc.property(lengths(), lengths(), (some, others) => {
      expect(sorted(merged(of(some), of(others)))).toEqual(sorted(of([...some, ...others])))
    }),
  )
})

test('law: a quantile is off by less than a twentieth of itself, or by a hundredth of a millisecond', () => {
  fc.assert(
    fc.property(lengths(1), fc.double({ min: 0, max: 1, noNaN: true }), (millis, share) => {
      const found = quantile(of(millis), share)
      const rank = Math.max(1, Math.ceil(share * millis.length))
      const exact = millis.toSorted((a, b) => a - b)[rank - 1] ?? Number.NaN
      expect(Math.abs((found ?? Number.NaN) - exact)).toBeLessThanOrEqual(Math.max(0.01, exact / 20))
    }),
    { numRuns: 1_000 },
  )
})

test('what took no time has a cell too', () => {
  expect(quantile(of([0, 0, 0]), 0.5)).toBe(0)
  expect(quantile(of([0, 0, 100]), 1)).toBeCloseTo(100, -1)
})

test('of nothing there is no quantile', () => expect(quantile(new Map(), 0.5)).toBeNull())
