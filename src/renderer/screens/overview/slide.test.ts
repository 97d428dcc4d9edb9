import fc from 'fast-check'
import { expect, test } from 'vitest'
import { slide } from './slide.ts'

const bucket = 1_000
const outcome = (at: number, completed: number) => ({ at, started: 0, completed, failed: 0, cancelled: 0 })
const commit = (at: number) => ({ at, count: 1, p50: 1, p99: 2 })
const metrics = {
  from: 0,
  to: 3_000,
  bucket,
  outcomes: [outcome(0, 1), outcome(1_000, 2), outcome(2_000, 3)],
  commits: [commit(0), commit(1_000), commit(2_000)],
}

test('nothing moves before the last bucket is over', () => {
  expect(slide(metrics, 2_500)).toBe(metrics)
  expect(slide(metrics, 3_000)).toBe(metrics)
})

test('a bucket that is over makes room for an empty one', () => {
  const slid = slide(metrics, 3_001)
  expect(slid).toMatchObject({ from: 1_000, to: 4_000 })
  expect(slid.outcomes).toEqual([outcome(1_000, 2), outcome(2_000, 3), outcome(3_000, 0)])
  expect(slid.commits.at(-1)).toEqual({ at: 3_000, count: 0, p50: null, p99: null })
})

test('however much time passes, buckets stay as many, in order and without a gap up to now', () => {
  fc.assert(
    fc.property(fc.nat(100_000), (now) => {
      const { outcomes, commits, from, to } = slide(metrics, now)
      const starts = [from, from + bucket, from + 2 * bucket]
      expect(outcomes.map(({ at }) => at)).toEqual(starts)
      expect(commits.map(({ at }) => at)).toEqual(starts)
      expect(to).toBeGreaterThanOrEqual(now)
      expect(to - now).toBeLessThan(now > 3_000 ? bucket : 3_001)
    }),
  )
})
