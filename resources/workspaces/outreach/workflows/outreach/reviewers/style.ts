/**
 * The style reviewer: passive voice (retext-passive), empty words (retext-intensify), words that leave people out
 * (retext-equality), shouting, and contractions where the tone is formal.
 */
import retextEnglish from 'retext-english'
import retextEquality from 'retext-equality'
import retextIntensify from 'retext-intensify'
import retextPassive from 'retext-passive'
import { unified } from 'unified'
import type { Tone } from '../input.ts'
import { byPlace, type Review, scoreOf, type Suggestion } from '../review.ts'
import { contractionsIn } from './contractions.ts'
import { emptyWords } from './empty-words.ts'
import { type Finding, findingsOf } from './findings.ts'
import { leaveOut } from './leave-out.ts'
import { passivesWithAgent } from './passive.ts'

/** Pronouns for somebody who is known, and words that are only condescending in a manual. */
const ordinary = ['he-she', 'her-him', 'herself-himself', 'host-hostess', 'hostesses-hosts', 'clearly', 'easy', 'simple', 'straightforward']

const checker = unified()
  .use(retextEnglish)
  .use(retextPassive)
  .use(retextIntensify)
  .use(retextEquality, { ignore: [...ordinary, 'basically', 'just', 'obvious', 'of-course', 'everyone-knows'] })
  .freeze()

const costs = { passive: 6, empty: 6, exclusive: 10, shouting: 8, contraction: 5 } as const
type Remark = Suggestion & { readonly kind: keyof typeof costs }

export function reviewStyle(
  text: string,
  { tone, vocabulary }: { readonly tone: Tone; readonly vocabulary: readonly string[] },
): Review {
  const remarks = [
    ...findingsOf(text, checker).flatMap((finding) => remarkOn(text, finding)),
    ...passivesWithAgent(text).map(({ start, end }) => passive(text, start, end)),
    ...shoutingIn(text, new Set(vocabulary)),
    ...(tone === 'formal' ? contractionsIn(text) : []),
  ]
  return { reviewer: 'style', score: scoreOf(text, remarks.map(({ kind }) => costs[kind])), suggestions: remarks.toSorted(byPlace) }
}

function remarkOn(text: string, { plugin, start, end, alternatives }: Finding): readonly Remark[] {
  const excerpt = text.slice(start, end)
  if (plugin === 'retext-passive') {
    return [passive(text, start, end)]
  }
  if (plugin === 'retext-equality') {
    const instead = alternatives.length === 0 ? 'leave it out' : `say ${alternatives.slice(0, 3).join(' or ')}`
    return [{ kind: 'exclusive', message: `“${excerpt}” can hurt or leave people out: ${instead}`, excerpt, start, end }]
  }
  if (!emptyWords.has(excerpt.toLowerCase())) return []
  const message = `“${excerpt}” adds nothing: leave it out`
  const change = leaveOut(text, start, end)
  if (change === undefined) return [{ kind: 'empty', message, excerpt, start, end }]
  return [{ kind: 'empty', message, excerpt: text.slice(change.start, change.end), ...change }]
}

function passive(text: string, start: number, end: number): Remark {
  return { kind: 'passive', message: 'Passive voice: say who does it', excerpt: text.slice(start, end), start, end }
}

/** Words in capitals that are no names, and exclamation marks after the first. */
function shoutingIn(text: string, known: ReadonlySet<string>): readonly Remark[] {
  const capitals = [...text.matchAll(/(?<!\p{L})\p{Lu}{5,}(?!\p{L})/gu)]
    .filter(([word]) => !known.has(word))
    .map(({ 0: excerpt, index }) => ({
      kind: 'shouting' as const,
      message: 'Capitals shout: write it small',
      excerpt,
      start: index,
      end: index + excerpt.length,
      replacement: excerpt.toLowerCase(),
    }))
  const [, ...marks] = text.matchAll(/!+/g)
  const calls = marks.map(({ 0: excerpt, index }) => ({
    kind: 'shouting' as const,
    message: 'One exclamation mark is enough for a letter',
    excerpt,
    start: index,
    end: index + excerpt.length,
    replacement: '.',
  }))
  return [...capitals, ...calls]
}
