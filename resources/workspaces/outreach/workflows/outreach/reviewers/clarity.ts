/**
 * The clarity reviewer: sentences that are hard to read (retext-readability: four of seven measures must agree) or
 * simply long, roundabout words (retext-simplify), and a letter longer than was asked for.
 */
import retextEnglish from 'retext-english'
import retextReadability from 'retext-readability'
import retextSimplify from 'retext-simplify'
import { unified } from 'unified'
import { capitalised, sentencesOf, wordCount } from '../prose.ts'
import { byPlace, type Review, scoreOf, type Suggestion } from '../review.ts'
import { type Checker, findingsOf } from './findings.ts'
import { roundabout } from './roundabout.ts'

type Remark = Suggestion & { readonly kind: 'hard' | 'roundabout' | 'long' }

/** A hard sentence costs what it takes of the text: one of nothing else scores 0. */
function costOf({ kind, excerpt }: Remark): number {
  if (kind === 'hard') return wordCount(excerpt)
  return kind === 'roundabout' ? 7 : 10
}

export interface ClarityMeasure {
  readonly readerAge: number
  /** Words that the text should have at most. */
  readonly words: number
}

export function reviewClarity(text: string, { readerAge, words }: ClarityMeasure): Review {
  const remarks = [
    ...hardSentences(text, readerAge),
    ...roundaboutWords(text),
    ...lengthRemark(text, words),
  ]
  return { reviewer: 'clarity', score: scoreOf(text, remarks.map(costOf)), suggestions: remarks.toSorted(byPlace) }
}

/** Words that a sentence may have, however easy they are. */
const longest = 28

const readability = new Map<number, Checker>()

function hardSentences(text: string, age: number): readonly Remark[] {
  const checker = readability.get(age) ?? unified().use(retextEnglish).use(retextReadability, { age }).freeze()
  readability.set(age, checker)
  const hard = new Set(findingsOf(text, checker).map(({ start }) => start))
  return sentencesOf(text)
    .filter(({ text: sentence, start }) => hard.has(start) || wordCount(sentence) > longest)
    .map(({ text: excerpt, start, end }) => {
      const message = 'Hard to read: make two sentences of it, or use shorter words'
      return { kind: 'hard', message, excerpt, start, end }
    })
}

const simplify = unified().use(retextEnglish).use(retextSimplify).freeze()

function roundaboutWords(text: string): readonly Remark[] {
  return findingsOf(text, simplify).flatMap(({ rule, start, end, alternatives: [simpler] }) => {
    if (!roundabout.has(rule) || simpler === undefined) return []
    const excerpt = text.slice(start, end)
    const replacement = /^\p{Lu}/u.test(excerpt) ? capitalised(simpler) : simpler
    return [{ kind: 'roundabout', message: `“${simpler}” says the same as “${excerpt}”`, excerpt, start, end, replacement }]
  })
}

function lengthRemark(text: string, words: number): readonly Remark[] {
  const count = wordCount(text)
  if (count <= words) return []
  const message = `${count} words where ${words} were asked for: leave something out`
  return [{ kind: 'long', message, excerpt: '', start: text.length, end: text.length }]
}
