/**
 * A part of the time, enlarged: the whole is drawn to a larger measure and seen through a window of the same width. What
 * is seen stands still while the whole grows.
 */
import type { Instant } from '../../../model/ids.ts'
import { enlarged, type Piece, type Scale } from './scale.ts'

/** Undefined stands for the whole, wherever a zoom may be. */
export interface Zoom {
  readonly pixelsPerMilli: number
  /** What stands at the left. */
  readonly from: Instant
}

/** At this measure what took a millisecond has room for its number. */
const mostPixelsPerMilli = 20

/** The measure of what is seen. Instants that are not seen stand beyond the ends, at their distance. */
export function seenThrough(whole: Scale, zoom: Zoom | undefined): Scale {
  if (zoom === undefined || zoom.pixelsPerMilli <= whole.pixelsPerMilli) return whole
  const large = enlarged(whole, zoom.pixelsPerMilli)
  const { width } = whole
  const left = leftOf(large, large.at(zoom.from), width)
  const [from, until] = [large.instantAt(left), large.instantAt(left + width)]
  return {
    width,
    from,
    until,
    pixelsPerMilli: large.pixelsPerMilli,
    pieces: large.pieces.flatMap((piece) => pieceWithin(piece, left, width)),
    at: (instant) => large.at(instant) - left,
    instantAt: (x) => large.instantAt(x + left),
  }
}

/** Enlarged so many times about a place, which keeps its instant; undefined where all of it is seen. */
export function zoomedBy(whole: Scale, zoom: Zoom | undefined, times: number, x: number): Zoom | undefined {
  const seen = seenThrough(whole, zoom)
  const most = Math.max(mostPixelsPerMilli, seen.pixelsPerMilli)
  const pixelsPerMilli = Math.min(most, seen.pixelsPerMilli * times)
  if (pixelsPerMilli <= whole.pixelsPerMilli) return undefined
  const large = enlarged(whole, pixelsPerMilli)
  return startingAt(large, large.at(seen.instantAt(x)) - x, whole.width)
}

/** Moved so many pixels towards what came later. */
export function movedBy(whole: Scale, zoom: Zoom | undefined, pixels: number): Zoom | undefined {
  if (zoom === undefined) return undefined
  const large = enlarged(whole, zoom.pixelsPerMilli)
  return startingAt(large, large.at(zoom.from) + pixels, whole.width)
}

/** Moved so that the instant is in the middle; as it was where it is seen already. */
export function revealing(whole: Scale, zoom: Zoom | undefined, instant: Instant): Zoom | undefined {
  const seen = seenThrough(whole, zoom)
  if (instant >= seen.from && instant <= seen.until) return zoom
  return movedBy(whole, zoom, seen.at(instant) - whole.width / 2)
}

export const canBeEnlarged = ({ pixelsPerMilli }: Scale): boolean =>
  pixelsPerMilli > 0 && pixelsPerMilli < mostPixelsPerMilli

const startingAt = (large: Scale, left: number, width: number): Zoom => ({
  pixelsPerMilli: large.pixelsPerMilli,
  from: large.instantAt(leftOf(large, left, width)),
})

/** The window never reaches beyond what there is. */
const leftOf = (large: Scale, wanted: number, width: number): number =>
  Math.min(Math.max(0, large.width - width), Math.max(0, wanted))

/** A gap is seen whole or not at all, so that it says how long it was; of other pieces there is what is seen. */
function pieceWithin(piece: Piece, left: number, width: number): readonly Piece[] {
  const [start, end] = [Math.max(0, piece.x - left), Math.min(width, piece.x + piece.width - left)]
  if (start >= end) return []
  if (piece.gap) return [{ ...piece, x: piece.x - left }]
  const instantAt = (x: number): Instant =>
    piece.from + ((x + left - piece.x) / piece.width) * (piece.until - piece.from)
  return [{ gap: false, from: instantAt(start), until: instantAt(end), x: start, width: end - start }]
}
