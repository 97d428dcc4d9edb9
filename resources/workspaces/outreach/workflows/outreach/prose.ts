/** Text as sentences and words, with where they stand. Places are in UTF-16 units. */
import type { Paragraph, Sentence as SentenceNode } from 'nlcst'
import retextEnglish from 'retext-english'
import { stemmer } from 'stemmer'
import { unified } from 'unified'
import { functionWords } from './function-words.ts'

export interface Sentence {
  readonly text: string
  readonly start: number
  readonly end: number
  /** Counts from 0. */
  readonly paragraph: number
}

const parser = unified().use(retextEnglish).freeze()

/** Paragraphs are parted by empty lines. */
export function sentencesOf(text: string): readonly Sentence[] {
  return [...text.matchAll(/\S(?:(?!\n\s*\n)[^])*/g)].flatMap(({ 0: paragraph, index }, number) =>
    placesOf(paragraph).map(({ start, end }) => ({
      text: paragraph.slice(start, end),
      start: index + start,
      end: index + end,
      paragraph: number,
    })),
  )
}

function placesOf(paragraph: string): readonly { readonly start: number; readonly end: number }[] {
  return parser
    .parse(paragraph)
    .children.filter((node): node is Paragraph => node.type === 'ParagraphNode')
    .flatMap(({ children }) => children.filter((node): node is SentenceNode => node.type === 'SentenceNode'))
    .flatMap(({ position }) => {
      const start = position?.start.offset
      const end = position?.end.offset
      return start === undefined || end === undefined ? [] : [{ start, end }]
    })
}

const word = /[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu

export function wordsOf(text: string): readonly string[] {
  return text.match(word) ?? []
}

export function wordCount(text: string): number {
  return wordsOf(text).length
}

/** What a text is about: the stems of its words, those left out that every text has. */
export function stemsOf(text: string): ReadonlySet<string> {
  const words = wordsOf(text).map((one) => one.toLowerCase().replaceAll('’', "'").replace(/'s$/, ''))
  return new Set(words.filter((one) => one.length > 2 && !functionWords.has(one)).map((one) => stemmer(one)))
}

/** With a capital where it begins, unless that is not a letter. */
export function capitalised(text: string): string {
  return text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())
}
