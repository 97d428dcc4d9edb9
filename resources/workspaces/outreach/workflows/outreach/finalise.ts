/** Finalise: joins the reviews, makes the corrections that need no judgement, and says how good the draft was. */
import { corrected, isCorrection, withoutOverlaps } from './corrections.ts'
import type { Draft } from './draft.ts'
import { type Final, passMark, type Remark } from './final.ts'
import { letterOf } from './letter.ts'
import { byPlace, type Review, Reviewer, rounded } from './review.ts'
import type { Route } from './route.ts'

/** In the order in which they are heeded where two want to change the same words. */
const reviewers = Reviewer.options

/** Reviews by their reviewer; one that was skipped is undefined. */
export type Reviews = { readonly [reviewer in Reviewer]: Review | undefined }

export function finalise(draft: Draft, route: Route, reviews: Reviews): Final {
  const remarks: Remark[] = reviewers.flatMap((reviewer) =>
    (reviews[reviewer]?.suggestions ?? []).map((suggestion) => ({ ...suggestion, reviewer })),
  )
  const applied = withoutOverlaps(remarks.filter(isCorrection))
  const score = (reviewer: Reviewer): number | null => reviews[reviewer]?.score ?? null
  return {
    subject: draft.subject,
    body: letterOf(draft, corrected(draft.body, applied)),
    quality: qualityOf(reviews, route),
    scores: { grammar: score('grammar'), style: score('style'), clarity: score('clarity'), coherence: score('coherence') },
    missing: reviewers.filter((reviewer) => reviews[reviewer] === undefined),
    below: reviewers.filter((reviewer) => (reviews[reviewer]?.score ?? 100) < route.thresholds[reviewer]),
    applied: applied.toSorted(byPlace),
    remaining: remarks.filter((remark) => !applied.some((one) => one === remark)).toSorted(byPlace),
  }
}

/** The mean of the scores by the route's weights, those of missing reviewers left out of it. */
function qualityOf(reviews: Reviews, { weights }: Route): number | null {
  const answered = reviewers.flatMap((reviewer) => reviews[reviewer] ?? [])
  const total = answered.reduce((sum, { reviewer }) => sum + weights[reviewer], 0)
  if (total === 0) return null
  return rounded(answered.reduce((sum, { reviewer, score }) => sum + score * weights[reviewer], 0) / total)
}

/** Whether another draft may do better: the quality is known and too low, and the text is not a person's own. */
export function needsAnotherDraft({ quality }: Final, { source }: Draft): boolean {
  return quality !== null && quality < passMark && source === 'template'
}
