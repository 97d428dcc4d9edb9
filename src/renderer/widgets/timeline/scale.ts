/**
 * Time laid on a width. Stretches in which something happened are drawn to one measure; a stretch in which nothing did,
 * and that would take more than its share, is a gap of fixed width.
 *
 * Invariants:
 * 1. A later instant never stands before an earlier one.
 * 2. The pieces follow one another without a hole, from 0 to the width, and each that is no gap reaches to the next gap:
 *    however much happened, there are few of them.
 */
import type { Instant, Millis } from '../../../model/ids.ts'
import { firstPlace } from '../../state/sorted.ts'

export interface Interval {
  readonly from: Instant
  readonly until: Instant
}

export interface Piece extends Interval {
  readonly x: number
  readonly width: number
  /** Nothing happened, and it is drawn shorter than it was. */
  readonly gap: boolean
}

export interface Scale extends Interval {
  readonly width: number
  readonly pieces: readonly Piece[]
  /** Pixels from the left. Instants before the first and after the last that is drawn stand at the ends. */
  at(instant: Instant): number
  /** What stands there, with its fraction of a millisecond. */
  instantAt(x: number): Instant
  /** Of the pieces that are no gaps; 0 where all of it is one. */
  readonly pixelsPerMilli: number
}

const gapWidth = 36
/** A stretch without anything longer than this share of all in which something happened is a gap. */
const share = 0.2
/** Gaps never take more than this of the width. */
const mostOfGaps = 0.4

export function createScale(range: Interval, active: readonly Interval[], width: number): Scale {
  return laidOn(drawnAs(split(range, active)), width)
}

/** The same, drawn wider or narrower: so that each piece that is no gap has this measure. */
export function enlarged({ pieces }: Scale, pixelsPerMilli: number): Scale {
  const { gaps, millis } = extentOf(pieces)
  const busy = millis * pixelsPerMilli
  return laidOn(pieces, busy + Math.min(gaps * gapWidth, (busy * mostOfGaps) / (1 - mostOfGaps)))
}

function laidOn(stretches: readonly Drawn[], width: number): Scale {
  const { gaps, millis } = extentOf(stretches)
  const perGap = gaps === 0 ? 0 : Math.min(gapWidth, (mostOfGaps * width) / gaps)
  const pixelsPerMilli = millis === 0 ? 0 : (width - gaps * perGap) / millis

  let x = 0
  const pieces = stretches.map(({ from, until, gap }): Piece => {
    const piece = { from, until, gap, x, width: gap ? perGap : (until - from) * pixelsPerMilli }
    x += piece.width
    return piece
  })
  return {
    width,
    pieces,
    pixelsPerMilli,
    from: pieces[0]?.from ?? 0,
    until: pieces.at(-1)?.until ?? 0,
    at: (instant) => placeOf(pieces, instant, width),
    instantAt: (place) => instantOf(pieces, place),
  }
}

/** How many of them are gaps, and how long the others are together. */
function extentOf(stretches: readonly Drawn[]): { readonly gaps: number; readonly millis: Millis } {
  return {
    gaps: stretches.filter(({ gap }) => gap).length,
    millis: stretches.reduce((sum, { gap, from, until }) => sum + (gap ? 0 : until - from), 0),
  }
}

interface Stretch extends Interval {
  readonly idle: boolean
}

/** The range as what was busy and what was idle, in turn. */
function split({ from, until }: Interval, active: readonly Interval[]): Stretch[] {
  const stretches: Stretch[] = []
  let reached = from
  const idleUntil = (instant: Instant): void => {
    if (instant > reached) stretches.push({ from: reached, until: instant, idle: true })
    reached = Math.max(reached, instant)
  }
  for (const busy of merged(active)) {
    const [start, end] = [Math.max(from, busy.from), Math.min(until, busy.until)]
    if (start > end) continue
    idleUntil(start)
    if (end > reached) stretches.push({ from: reached, until: end, idle: false })
    reached = Math.max(reached, end)
  }
  idleUntil(until)
  return stretches
}

interface Drawn extends Interval {
  readonly gap: boolean
}

/** The stretches as they are drawn: those to one measure that follow one another are one. */
function drawnAs(stretches: readonly Stretch[]): readonly Drawn[] {
  const busy = stretches.reduce((sum, { idle, from, until }) => sum + (idle ? 0 : until - from), 0)
  const drawn: Drawn[] = []
  for (const { idle, from, until } of stretches) {
    const gap = idle && busy > 0 && until - from > share * busy
    const last = drawn.at(-1)
    if (last === undefined || gap || last.gap) drawn.push({ from, until, gap })
    else drawn[drawn.length - 1] = { ...last, until }
  }
  return drawn
}

function merged(intervals: readonly Interval[]): Interval[] {
  const apart: { from: Instant; until: Instant }[] = []
  for (const { from, until } of intervals.toSorted((one, other) => one.from - other.from)) {
    const last = apart.at(-1)
    if (last !== undefined && from <= last.until) last.until = Math.max(last.until, until)
    else apart.push({ from, until: Math.max(from, until) })
  }
  return apart
}

function placeOf(pieces: readonly Piece[], instant: Instant, width: number): number {
  const piece = pieces[firstPlace(pieces, ({ until }) => until >= instant)]
  if (piece === undefined) return pieces.length === 0 ? 0 : width
  // Added up, the pieces may reach past the width by a rounding error, and nothing may stand after what comes after the last.
  const place = instant <= piece.from ? piece.x : piece.x + ((instant - piece.from) / (piece.until - piece.from)) * piece.width
  return Math.min(width, place)
}

function instantOf(pieces: readonly Piece[], x: number): Instant {
  const piece = pieces.find((each) => x < each.x + each.width) ?? pieces.at(-1)
  if (piece === undefined) return 0
  const part = piece.width === 0 ? 0 : (x - piece.x) / piece.width
  return piece.from + Math.min(1, Math.max(0, part)) * (piece.until - piece.from)
}

/** Whether every instant stands at the same place on both. */
export function isSameScale(one: Scale, other: Scale): boolean {
  return (
    one.width === other.width &&
    one.pieces.length === other.pieces.length &&
    one.pieces.every(({ from, until, gap }, index) => {
      const piece = other.pieces[index]
      return piece?.from === from && piece.until === until && piece.gap === gap
    })
  )
}

/** How long a gap was. */
export const lengthOf = ({ from, until }: Interval): Millis => until - from
