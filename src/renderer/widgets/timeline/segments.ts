/** What a row of the timeline shows, and where: segments as boxes that never lie over one another. */
import type { Instant } from '../../../model/ids.ts'
import type { Tone } from '../status/look.ts'
import type { Scale } from './scale.ts'

export interface Segment {
  /** `wait` is hatched: nothing of the row ran. `undo` takes back what it did before. */
  readonly kind: 'run' | 'wait' | 'undo'
  readonly tone: Tone
  readonly from: Instant
  /** Null while it goes on. */
  readonly until: Instant | null
  /** What stands in it where there is room: the number of the try. */
  readonly mark: string
  /** In words, for the pointer and for whoever does not see it. */
  readonly title: string
  /** Names it among those of its row. */
  readonly key: string
}

export interface Box {
  x: number
  width: number
  /** The one that is drawn: of several too narrow to be told apart, the gravest. */
  segment: Segment
  /** Names the box for as long as it begins with the same one, whatever else it comes to stand for. */
  readonly key: string
  /** How many it stands for. */
  count: number
}

const narrowest = 3
const apart = 1
/** Boxes narrower than this that touch become one. */
const mergedBelow = 6

const gravity: Readonly<Record<Tone, number>> = {
  failure: 5,
  attention: 4,
  running: 3,
  success: 2,
  mark: 1,
  inactive: 0,
}

/** Sums of fractions of pixels are off by less: what begins at the very end is shown. */
const rounding = 1e-6
/** So far a box reaches beyond the edge that it is cut at: it must not seem to begin or to end there. */
const beyond = 4

/**
 * Boxes from left to right within the scale's width, each at least 3 px wide and 1 px from the next.
 * `segments` are ordered by their beginning; one that goes on reaches to `now`. Those that the scale does not show have
 * no box.
 */
export function layOut(segments: readonly Segment[], scale: Scale, now: Instant): readonly Readonly<Box>[] {
  const boxes: Box[] = []
  for (const segment of segments) {
    const [from, until] = [scale.at(segment.from), scale.at(segment.until ?? now)]
    if (until < 0 || from > scale.width + rounding) continue
    const start = Math.max(-beyond, Math.min(from, scale.width - narrowest))
    const end = Math.max(Math.min(until, scale.width + beyond), start + narrowest)
    const last = boxes.at(-1)
    const box = { x: start, width: end - start, segment, key: segment.key, count: 1 }
    if (last === undefined || start >= last.x + last.width + apart || !squeeze(last, box)) boxes.push(box)
  }
  return boxes
}

/** Two boxes that touch: side by side where one of them can give way, otherwise as one. Answers whether they are one. */
function squeeze(last: Box, box: Box): boolean {
  const free = last.x + last.width + apart
  const end = Math.max(last.x + last.width, box.x + box.width)
  if (Math.max(last.width, box.width) >= mergedBelow) {
    if (end - free >= narrowest) {
      box.x = free
      box.width = end - free
      return false
    }
    const left = box.x - apart - last.x
    if (left >= narrowest) {
      last.width = left
      box.width = end - box.x
      return false
    }
  }
  last.width = end - last.x
  last.segment = graver(last.segment, box.segment)
  last.count += box.count
  return true
}

function graver(one: Segment, other: Segment): Segment {
  return gravity[other.tone] >= gravity[one.tone] ? other : one
}
