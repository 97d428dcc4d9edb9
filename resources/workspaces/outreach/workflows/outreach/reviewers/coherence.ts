/**
 * The coherence reviewer. No library measures this, so the measure is ours: the weighted mean of three shares, times
 * 100.
 *
 * - Continuity (0.5): of all sentences but the first, the share that is tied to what stands before it: by a stem of
 *   the two sentences before it, by a connective in front (“also”, “for example”), or by a word in front that points
 *   back (“this”, “they”). A text of one sentence has nothing to tie.
 * - Coverage (0.3): over all key points, the share of each point's stems that is found in the text, taken as whole
 *   from 0.7 on, so that a point may be reworded.
 * - Frame (0.2): whether the first paragraph and the last speak of the subject, half for each. A paragraph does where
 *   it has a stem of the subject line.
 *
 * Stems are those of the words that carry meaning (prose.ts). A sentence of new words that nothing ties, put behind
 * another, never makes the score better: it adds a zero to continuity, and says nothing of a key point or the subject.
 */
import { type Sentence, sentencesOf, stemsOf } from '../prose.ts'
import { byPlace, type Review, rounded, type Suggestion } from '../review.ts'
import { pointsBack } from './ties.ts'

const wholeFrom = 0.7

export interface CoherenceMeasure {
  readonly subject: string
  readonly keyPoints: readonly string[]
}

export function reviewCoherence(text: string, { subject, keyPoints }: CoherenceMeasure): Review {
  const sentences = sentencesOf(text)
  const ties = sentences.map((sentence, index) => isTied(sentence, sentences.slice(Math.max(0, index - 2), index)) ? 1 : 0)
  const coverages = keyPoints.map((point) => coverage(point, text))
  const ends = endsOf(text, sentences)
  const frame = ends.map((end) => (shared(end.text, subject) > 0 ? 1 : 0))

  const suggestions = [
    ...sentences.filter((_, index) => index > 0 && ties[index] === 0).map(unlinked),
    ...keyPoints.filter((_, index) => coverages[index] !== 1).map((point) => missing(point, text)),
    ...ends.filter((_, index) => frame[index] === 0).map((end) => offSubject(end, subject)),
  ]
  return {
    reviewer: 'coherence',
    score: rounded(100 * (0.5 * mean(ties.slice(1)) + 0.3 * mean(coverages) + 0.2 * mean(frame))),
    suggestions: suggestions.toSorted(byPlace),
  }
}

function isTied({ text }: Sentence, before: readonly Sentence[]): boolean {
  return pointsBack(text) || before.some((earlier) => shared(text, earlier.text) > 0)
}

function coverage(point: string, text: string): number {
  const wanted = stemsOf(point)
  if (wanted.size === 0) return 1
  const said = shared(point, text) / wanted.size
  return said >= wholeFrom ? 1 : said / wholeFrom
}

/** How many stems two texts share. */
function shared(one: string, other: string): number {
  return stemsOf(one).intersection(stemsOf(other)).size
}

type Stretch = Omit<Sentence, 'paragraph'>

/** The first and the last paragraph, once where they are the same; none of an empty text. */
function endsOf(text: string, sentences: readonly Sentence[]): readonly Stretch[] {
  const paragraphs = [...Map.groupBy(sentences, ({ paragraph }) => paragraph).values()]
  return [...new Set([...paragraphs.slice(0, 1), ...paragraphs.slice(-1)])].map((inside) => {
    const start = Math.min(...inside.map((sentence) => sentence.start))
    const end = Math.max(...inside.map((sentence) => sentence.end))
    return { text: text.slice(start, end), start, end }
  })
}

function unlinked({ text, start, end }: Sentence): Suggestion {
  const message = 'Nothing ties this to what stands before it: take up a word of it, or begin with a connective'
  return { kind: 'unlinked', message, excerpt: text, start, end }
}

function missing(point: string, text: string): Suggestion {
  return { kind: 'missing', message: `This is not said, or not in full: ${point}`, excerpt: '', start: text.length, end: text.length }
}

function offSubject({ text, start, end }: Stretch, subject: string): Suggestion {
  return { kind: 'off-subject', message: `The letter should begin and end with its subject: ${subject}`, excerpt: text, start, end }
}

/** 1 where there is nothing that could fall short. */
function mean(numbers: readonly number[]): number {
  return numbers.length === 0 ? 1 : numbers.reduce((sum, number) => sum + number, 0) / numbers.length
}
