/** What a reviewer says of a text, and how its remarks become a score. */
import { z } from 'cairn'
import { wordCount } from './prose.ts'

export const Reviewer = z.enum(['grammar', 'style', 'clarity', 'coherence'])
export type Reviewer = z.infer<typeof Reviewer>

/** A remark on `excerpt`, which is what stands from `start` to `end` of the text reviewed, in UTF-16 units. */
export const Suggestion = z.object({
  kind: z.string(),
  message: z.string(),
  excerpt: z.string(),
  start: z.int().nonnegative(),
  end: z.int().nonnegative(),
  /** What to write instead, where that needs no judgement. */
  replacement: z.string().optional(),
})
export type Suggestion = z.infer<typeof Suggestion>

export const Review = z.object({
  reviewer: Reviewer,
  score: z.number().min(0).max(100),
  suggestions: z.array(Suggestion),
})
export type Review = z.infer<typeof Review>

/** A letter of so many words is the measure: what is wrong in a shorter one weighs as much as in this. */
const measure = 100

/**
 * 100 less what the remarks cost, per hundred words. A remark costs at least the number of words that its fault can
 * add, so that one more fault never makes a better score by making the text longer.
 */
export function scoreOf(text: string, costs: readonly number[]): number {
  const cost = costs.reduce((sum, one) => sum + one, 0)
  return rounded(100 - (cost * measure) / Math.max(measure, wordCount(text)))
}

/** Within 0 to 100, one digit after the point. */
export function rounded(score: number): number {
  return Math.round(Math.min(100, Math.max(0, score)) * 10) / 10
}

export function byPlace(a: Suggestion, b: Suggestion): number {
  return a.start - b.start || a.end - b.end || (a.kind < b.kind ? -1 : 1)
}
