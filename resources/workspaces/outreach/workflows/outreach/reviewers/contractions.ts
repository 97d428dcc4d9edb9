import { capitalised } from '../prose.ts'
import type { Suggestion } from '../review.ts'

/** Endings that stand for one word only. 's and 'd may be is or has, had or would. */
const endings: readonly (readonly [RegExp, string])[] = [
  [/^can't$/i, 'cannot'],
  [/^won't$/i, 'will not'],
  [/^shan't$/i, 'shall not'],
  [/^let's$/i, 'let us'],
  [/n't$/i, ' not'],
  [/'re$/i, ' are'],
  [/'ve$/i, ' have'],
  [/'ll$/i, ' will'],
  [/'m$/i, ' am'],
]

const contraction = /\b(?:\p{L}+n['’]t|\p{L}+['’](?:re|ve|ll|m)|let['’]s|(?:it|that|there|here|what|who)['’]s|(?:I|you|we|they|he|she|it)['’]d)(?![\p{L}'’])/giu

export function contractionsIn(text: string): readonly (Suggestion & { readonly kind: 'contraction' })[] {
  return [...text.matchAll(contraction)].map(({ 0: excerpt, index }) => {
    const full = writtenOut(excerpt.replace('’', "'"))
    return {
      kind: 'contraction',
      message: 'A formal letter writes its words out',
      excerpt,
      start: index,
      end: index + excerpt.length,
      ...(full !== undefined && { replacement: full }),
    }
  })
}

function writtenOut(short: string): string | undefined {
  const ending = endings.find(([pattern]) => pattern.test(short))
  if (ending === undefined) return undefined
  const full = short.replace(ending[0], ending[1])
  return /^\p{Lu}/u.test(short) ? capitalised(full) : full
}
