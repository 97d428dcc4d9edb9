import { z } from 'cairn'
import { Reviewer, Suggestion } from './review.ts'

/** Quality from which a letter goes to a person without another draft. */
export const passMark = 80

export const Remark = Suggestion.extend({ reviewer: Reviewer })
export type Remark = z.infer<typeof Remark>

export const Final = z.object({
  subject: z.string(),
  /** The whole letter, as it will be sent. */
  body: z.string(),
  /** Weighted mean of the scores of the draft as it was reviewed, or null where no reviewer answered. */
  quality: z.number().min(0).max(100).nullable(),
  scores: z.record(Reviewer, z.number().nullable()),
  /** Reviewers that gave no answer; the others' weights stand for theirs. */
  missing: z.array(Reviewer),
  /** Reviewers whose score is below what the route asks for. */
  below: z.array(Reviewer),
  /** Corrections made to the draft's body, at their places in it. */
  applied: z.array(Remark),
  /** What is left for the next draft, or for a person. */
  remaining: z.array(Remark),
})
export type Final = z.infer<typeof Final>
