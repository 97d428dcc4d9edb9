/** What a person's note asks of the next draft, as far as a template can do it. */
import type { Tone } from '../input.ts'

export interface Directions {
  readonly tone: Tone | undefined
  readonly plain: boolean
  readonly shorter: boolean
  /** Sentences to be added, quoted in the notes. */
  readonly additions: readonly string[]
  /** Notes that ask for nothing of this. */
  readonly open: readonly string[]
}

const quoted = /["“]([^"“”]+)["”]/g
const tones: readonly (readonly [RegExp, Tone])[] = [
  [/\b(?:more\s+)?formal/i, 'formal'],
  [/\b(?:warm|friendl|cordial)/i, 'warm'],
  [/\b(?:neutral|businesslike|sober)/i, 'plain'],
]

/** Reads notes in their order; of two tones the later one counts. */
export function directionsOf(notes: readonly string[]): Directions {
  const read = notes.map((note) => {
    const additions = [...note.matchAll(quoted)].map(([, sentence = '']) => sentence.trim()).filter((sentence) => sentence !== '')
    const rest = note.replaceAll(quoted, ' ')
    const tone = tones.find(([pattern]) => pattern.test(rest))?.[1]
    const plain = /\b(?:simpl|plain|clear|easier)/i.test(rest)
    const shorter = /\b(?:short|brief|cut)/i.test(rest)
    const understood = additions.length > 0 || tone !== undefined || plain || shorter
    return { tone, plain, shorter, additions, open: understood ? [] : [note] }
  })
  return {
    tone: read.findLast(({ tone }) => tone !== undefined)?.tone,
    plain: read.some(({ plain }) => plain),
    shorter: read.some(({ shorter }) => shorter),
    additions: read.flatMap(({ additions }) => additions),
    open: read.flatMap(({ open }) => open),
  }
}
