/** Where the axis names the time. */
import type { Instant, Millis } from '../../../model/ids.ts'
import type { Scale } from './scale.ts'

export interface Tick {
  readonly at: Instant
  readonly x: number
}

export interface Axis {
  readonly ticks: readonly Tick[]
  /** Between two ticks of one stretch; under a second the times need their milliseconds. */
  readonly step: Millis
}

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour
const steps: readonly Millis[] = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
  ...[1, 2, 7, 14, 30, 90, 365].map((count) => count * day),
]

/** Round instants, each `room` px or more from the one before, from the right end and from the next gap, which is named too. */
export function axisOf(scale: Scale, room = 84): Axis {
  const step = steps.find((millis) => millis * scale.pixelsPerMilli >= room) ?? 365 * day
  const ticks: Tick[] = []
  const offer = (at: Instant): void => {
    const x = scale.at(at)
    const reach = x + room
    const meetsGap = scale.pieces.some((piece) => piece.gap && piece.x < reach && piece.x + piece.width > x)
    if (reach <= scale.width && !meetsGap && x - (ticks.at(-1)?.x ?? -room) >= room) ticks.push({ at, x })
  }
  for (const { gap, from, until } of scale.pieces) {
    if (gap) continue
    for (let at = Math.ceil(from / step) * step; at <= until; at += step) offer(at)
  }
  const first = scale.pieces[0]
  return ticks.length === 0 && first !== undefined ? { ticks: [{ at: first.from, x: 0 }], step } : { ticks, step }
}
