/** Where a time axis has its ticks, and what stands under them. */
import type { Instant, Millis } from '../../../model/ids.ts'
import { dayOf, hourTime, shortTime } from '../time/format.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const steps: readonly Millis[] = [minute, 5 * minute, 10 * minute, 30 * minute, hour, 3 * hour, 6 * hour, 12 * hour, day, 2 * day, 7 * day]

/** At most so many round instants between the two. */
export function timeTicks(from: Instant, to: Instant, most = 6): Instant[] {
  const step = steps.find((each) => (to - from) / each <= most) ?? 7 * day
  const first = Math.ceil(from / step) * step
  return Array.from({ length: Math.max(0, Math.floor((to - first) / step) + 1) }, (_, index) => first + index * step)
}

/** What every chart over time has of its axis: from left to right, with at most so many ticks. */
export function timeAxis(from: Instant, to: Instant, zone: string, most = 4) {
  return {
    dataKey: 'at',
    type: 'number',
    domain: [from, to],
    ticks: timeTicks(from, to, most),
    tickFormatter: tickWords(from, to, zone),
    tickLine: false,
    axisLine: { stroke: 'var(--line)' },
  } as const
}

/** What a bucket of a chart that ends at `to` is called: from when to when it is. */
export function bucketWords(bucket: Millis, to: Instant, zone: string): (at: Instant) => string {
  return (at) => `${shortTime(at, to, zone)} to ${shortTime(at + bucket, to, zone)}`
}

/** The time of day, or the day where the axis is longer than two. */
export function tickWords(from: Instant, to: Instant, zone: string): (at: Instant) => string {
  return (at) => (to - from > 2 * day ? dayOf(at, zone) : hourTime(at, zone))
}
