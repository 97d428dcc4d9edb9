import { corrected, isCorrection } from '../corrections.ts'
import type { Draft } from '../draft.ts'
import type { Final } from '../final.ts'
import { functionWords } from '../function-words.ts'
import { capitalised, wordsOf } from '../prose.ts'
import { lastTie, pointTies } from './phrases.ts'
import { splitSentences } from './split-sentences.ts'

type Point = Draft['points'][number]

/** A point as a sentence: a capital in front, a stop behind. */
export function asSentence(point: string): string {
  const text = capitalised(point.trim())
  return /[.!?]["”’)]?$/.test(text) ? text : `${text}.`
}

/** A point of the last draft, with what was corrected in it, and its hard sentences made into several. */
export function reworded({ text, start, end }: Point, { applied, remaining }: Final): string {
  const inside = applied.filter(isCorrection).filter((one) => one.start >= start && one.end <= end)
  const better = corrected(text, inside.map((one) => ({ ...one, start: one.start - start, end: one.end - start })))
  const hard = remaining.some((one) => one.kind === 'hard' && one.start < end && one.end > start)
  return asSentence(hard ? splitSentences(better) : better)
}

export interface TiedPoint {
  readonly tie: string
  readonly text: string
}

/** Whether a text begins with a word that has its capital only from standing there. */
function startsOrdinarily(text: string): boolean {
  const [first = ''] = wordsOf(text)
  return /^\p{Lu}\p{Ll}+$/u.test(first) && (first.length <= 2 || functionWords.has(first.toLowerCase()))
}

/** Points with connectives in front: “First, we …”, or “First: Berlin …” where the capital may have to stay. */
export function tied(points: readonly string[]): readonly TiedPoint[] {
  if (points.length < 2) return points.map((text) => ({ tie: '', text }))
  return points.map((text, index) => {
    const tie = index === points.length - 1 ? lastTie : (pointTies[index] ?? lastTie)
    return startsOrdinarily(text) ? { tie: `${tie}, `, text: text.charAt(0).toLowerCase() + text.slice(1) } : { tie: `${tie}: `, text }
  })
}
