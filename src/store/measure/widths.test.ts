import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { axisOf, bucketsOf, floor, kept, spansOf } from './widths.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const now = 1_800_000_123_456

const ranges = fc
  .tuple(fc.integer({ min: 1, max: 31 * day }), fc.nat({ max: 31 * day }))
  .map(([length, back]) => ({ from: now - back, to: now - back + length }))

test('each kept width divides the next', () => {
  for (const [index, width] of kept.entries()) if (index > 0) expect(width % (kept[index - 1] ?? 0)).toBe(0)
})

describe('the axis of a chart', () => {
  test.each([
    [5 * minute, 10_000],
    [hour, minute],
    [day, 15 * minute],
    [7 * day, 2 * hour],
    [30 * day, 12 * hour],
  ])('%i ms are shown in buckets of %i ms', (length, bucket) => {
    expect(axisOf(now - length, now, now).bucket).toBe(bucket)
  })

  test('law: it covers the range with whole buckets, never over 120 and no more than it must', () => {
    fc.assert(
      fc.property(ranges, ({ from, to }) => {
        const axis = axisOf(from, to, from)
        const buckets = bucketsOf(axis)
        expect(buckets.length).toBeLessThanOrEqual(120)
        expect(axis.bucket % axis.width).toBe(0)
        expect(axis.from).toBeLessThanOrEqual(from)
        expect(axis.from).toBeGreaterThan(from - axis.bucket)
        expect(axis.to).toBeGreaterThanOrEqual(to)
        expect(axis.to).toBeLessThan(to + axis.bucket)
        expect(buckets.at(-1)).toBe(axis.to - axis.bucket)
      }),
    )
  })

  test('a range that no axis shows is refused', () => {
    expect(() => axisOf(0, 300 * day, 0)).toThrow(RangeError)
    expect(() => axisOf(0, 200 * day, 0, 60)).toThrow(RangeError)
    expect(axisOf(0, 120 * day, 0, 60).bucket).toBe(2 * day)
  })

  test.each([
    [day, 10_000],
    [3 * day, 5 * minute],
    [11 * day, hour],
    [500 * day, hour],
  ])('five minutes that are %i ms ago are shown in buckets of %i ms', (ago, bucket) => {
    expect(axisOf(now - ago, now - ago + 5 * minute, now).bucket).toBe(bucket)
  })
})

test('law: the spans of a range follow each other without a gap, in whole buckets, and are few', () => {
  fc.assert(
    fc.property(ranges, ({ from, to }) => {
      const [begin, end] = [floor(from, kept[0]), floor(to, kept[0]) + kept[0]]
      const spans = spansOf(begin, end)
      expect(spans.map((span) => span.to)).toEqual([...spans.slice(1).map((span) => span.from), end])
      expect(spans[0]?.from).toBe(begin)
      for (const span of spans) expect([span.from % span.width, span.to % span.width]).toEqual([0, 0])
      const buckets = spans.reduce((sum, span) => sum + (span.to - span.from) / span.width, 0)
      expect(buckets).toBeLessThan(200)
    }),
  )
})
