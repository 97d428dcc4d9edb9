/**
 * The grammar reviewer: spelling, agreement, articles, punctuation and mixed-up words, as Harper finds them.
 * What Harper says of style and readability is left to the reviewers for that.
 */
import type { Locale } from '../context.ts'
import { wordsOf } from '../prose.ts'
import { byPlace, type Review, scoreOf } from '../review.ts'
import { editDistance, lettersApart } from './edit-distance.ts'
import { lint } from './harper.ts'

const ofOthers: ReadonlySet<string> = new Set(['Style', 'Readability', 'Enhancement'])

/** Rules whose replacement is right too seldom to be made without asking. */
const guessing: ReadonlySet<string> = new Set(['SplitWords', 'WrongNegative'])

const costs = { spelling: 8, punctuation: 5, grammar: 10 } as const
type Kind = keyof typeof costs

const kinds: Readonly<Record<string, Kind>> = {
  Spelling: 'spelling',
  Typo: 'spelling',
  Capitalization: 'spelling',
  BoundaryError: 'spelling',
  Punctuation: 'punctuation',
  Formatting: 'punctuation',
}

/** Names in `vocabulary`, and their parts, are no mistakes. */
export async function reviewGrammar(
  text: string,
  { locale, vocabulary }: { readonly locale: Locale; readonly vocabulary: readonly string[] },
): Promise<Review> {
  const known = new Set(vocabulary.flatMap((name) => [name, ...wordsOf(name)]))
  const suggestions = (await lint(text, locale))
    .filter(({ kind }) => !ofOthers.has(kind))
    .map(({ rule, kind, message, start, end, replacements }) => {
      const excerpt = text.slice(start, end)
      const replacement = guessing.has(rule) ? undefined : nearest(excerpt, replacements)
      const remark = { kind: kinds[kind] ?? 'grammar', message, excerpt, start, end }
      return replacement === undefined ? remark : { ...remark, replacement }
    })
    .filter(({ kind, excerpt }) => kind !== 'spelling' || !known.has(excerpt))
  const score = scoreOf(text, suggestions.map(({ kind }) => costs[kind]))
  return { reviewer: 'grammar', score, suggestions: suggestions.toSorted(byPlace) }
}

/** The word that takes the fewest strokes; of equals the one with the same letters, then the one offered first. */
function nearest(excerpt: string, offered: readonly string[]): string | undefined {
  return offered.toSorted(
    (a, b) => editDistance(excerpt, a) - editDistance(excerpt, b) || lettersApart(excerpt, a) - lettersApart(excerpt, b),
  )[0]
}
