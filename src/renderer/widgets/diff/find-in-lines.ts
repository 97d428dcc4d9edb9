/** Where a text that somebody looks for stands in the lines of a difference, of whichever side. */
import type { Part, TextLine } from './text-lines.ts'

/** A place that has the text: its line, and from which character of it to which. */
export interface Hit {
  readonly line: number
  readonly start: number
  readonly end: number
}

/** A part of a line that is a hit, or is none. */
export interface Piece extends Part {
  readonly hit?: Hit
}

/** So many are found at most. */
export const mostHits = 10_000

interface Line {
  readonly kind: TextLine['kind']
  readonly parts: readonly Part[]
}

/** In the order of the lines, whatever is written in capitals. What a fold says is of nobody's value. */
export function findInLines(lines: readonly Line[], sought: string, most = mostHits): readonly Hit[] {
  if (sought === '') return []
  const pattern = new RegExp(RegExp.escape(sought), 'giu')
  const hits: Hit[] = []
  for (const [line, { kind, parts }] of lines.entries()) {
    if (kind === 'folded') continue
    for (const { index, 0: found } of parts.map(({ text }) => text).join('').matchAll(pattern)) {
      if (hits.length >= most) return hits
      hits.push({ line, start: index, end: index + found.length })
    }
  }
  return hits
}

/** The parts of a line, cut where the hits in it begin and end. `hits` are in their order. */
export function piecesOf(parts: readonly Part[], hits: readonly Hit[]): readonly Piece[] {
  if (hits.length === 0) return parts
  const pieces: Piece[] = []
  let start = 0
  for (const { text, changed } of parts) {
    const end = start + text.length
    let at = start
    const cut = (to: number, hit?: Hit): void => {
      if (to > at) pieces.push({ text: text.slice(at - start, to - start), changed, ...(hit && { hit }) })
      at = Math.max(at, to)
    }
    for (const hit of hits) {
      if (hit.end <= start || hit.start >= end) continue
      cut(Math.max(start, hit.start))
      cut(Math.min(end, hit.end), hit)
    }
    cut(end)
    start = end
  }
  return pieces
}
