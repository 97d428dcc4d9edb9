/**
 * The buckets of time in which figures are kept, and those in which they are shown.
 *
 * Each figure is kept once for every width of `kept`. A chart adds up kept buckets; a total takes the widest that fit,
 * so that thirty days are read from a few dozen buckets and not from a quarter of a million.
 */
import type { Instant, Millis } from '../../model/ids.ts'

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** Ten seconds, five minutes, an hour, a day: each divides the next. */
export const kept = [10_000, 300_000, 3_600_000, 86_400_000] as const satisfies readonly Millis[]
export type Width = (typeof kept)[number]

/** How long each width is kept. What is older is told in wider buckets. */
const lasting: Readonly<Record<Width, Millis>> = {
  10_000: 2 * day,
  300_000: 10 * day,
  3_600_000: Number.POSITIVE_INFINITY,
  86_400_000: Number.POSITIVE_INFINITY,
}

/** The beginning of the first bucket that is still kept at `now`, which is the time of the last entry. */
export function keptSince(width: Width, now: Instant): Instant {
  return Math.max(0, floor(now - lasting[width], width))
}

export function isKept(width: Width, at: Instant, now: Instant): boolean {
  return at >= keptSince(width, now)
}

/** The finest width that is kept of a time. */
export function finestKept(at: Instant, now: Instant): Width {
  return kept.find((width) => isKept(width, at, now)) ?? 86_400_000
}

/** What a chart's bucket may be: each is a multiple of a kept width that is not much finer. */
const shown: readonly Millis[] = [
  ...[10, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
  ...[1, 2].map((count) => count * day),
]
const mostShown = 120

/** A range in whole buckets of a chart. */
export interface Axis {
  readonly from: Instant
  readonly to: Instant
  readonly bucket: Millis
  /** The kept width that its buckets are added up from. */
  readonly width: Width
}

/**
 * The finest axis that shows a range, which is widened to whole buckets, in at most so many of them. `now` is the time of
 * the last entry.
 */
export function axisOf(from: Instant, to: Instant, now: Instant, most = mostShown): Axis {
  const axes = shown.map((bucket) => ({
    bucket,
    from: floor(from, bucket),
    to: floor(to - 1, bucket) + bucket,
    width: kept.findLast((each) => bucket % each === 0) ?? kept[0],
  }))
  const fits = (axis: Axis): boolean => (axis.to - axis.from) / axis.bucket <= most && isKept(axis.width, axis.from, now)
  const finest = axes.find(fits)
  if (finest === undefined) throw new RangeError(`${to - from} ms are too long a range: ask for ${2 * most} days at most`)
  return finest
}

/** Where the buckets of an axis begin. */
export function bucketsOf({ from, to, bucket }: Axis): Instant[] {
  return Array.from({ length: (to - from) / bucket }, (_, index) => from + index * bucket)
}

export interface Span {
  readonly width: Width
  readonly from: Instant
  readonly to: Instant
}

/** Every moment that a clock can show, in whole days. */
export const always = { from: 0, to: floor(8.64e15, day) }

/** A range as spans of the widest kept buckets that fit into it; both ends must be whole buckets of the finest. */
export function spansOf(from: Instant, to: Instant): Span[] {
  return spansWithin(from, to, kept.length - 1)
}

function spansWithin(from: Instant, to: Instant, level: number): Span[] {
  const width = kept[level]
  if (width === undefined || from >= to) return []
  const [begin, end] = [-floor(-from, width), floor(to, width)]
  if (begin >= end) return spansWithin(from, to, level - 1)
  return [
    ...spansWithin(from, begin, level - 1),
    { width, from: begin, to: end },
    ...spansWithin(end, to, level - 1),
  ]
}

/** The beginning of the bucket that an instant lies in. */
export function floor(at: Instant, width: Millis): Instant {
  return Math.floor(at / width) * width
}
