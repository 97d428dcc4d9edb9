/** Forms of “be”, perhaps an adverb, a regular participle, “by”: what retext-passive, which knows the irregular ones, misses. */
const withAgent = /(?<!\p{L})(?:am|is|are|was|were|be|been|being)\s+(?:\p{L}+ly\s+)?\p{L}+ed(?=\s+by(?!\p{L}))/giu

export interface Passive {
  readonly start: number
  readonly end: number
}

export function passivesWithAgent(text: string): readonly Passive[] {
  return [...text.matchAll(withAgent)].map(({ 0: found, index }) => ({ start: index, end: index + found.length }))
}
