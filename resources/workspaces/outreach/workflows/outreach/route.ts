/** The Director: decides from the task how the message is written and how strictly it is read. */
import { z } from 'cairn'
import { type Input, Task, Tone } from './input.ts'
import { Reviewer } from './review.ts'

const perReviewer = z.record(Reviewer, z.number())

export const Route = z.object({
  template: Task,
  tone: Tone,
  /** Words that the message should have at most. */
  words: z.int().positive(),
  /** Years of age whose reading every sentence should suit. */
  readerAge: z.int().positive(),
  /** Shares of the reviewers in the quality; they add up to 1. */
  weights: perReviewer,
  /** A reviewer's score below this makes the next draft change its ways. */
  thresholds: perReviewer,
  reasons: z.array(z.string()),
})
export type Route = z.infer<typeof Route>

const words = { short: 120, standard: 200, long: 320 } as const

export function routeTask(input: Input): Route {
  const { audience, length, task, tone: wished, urgency } = input
  const reasons = [`the ${task} template, since that is the task`]
  const weights = { grammar: 0.3, style: 0.2, clarity: 0.3, coherence: 0.2 }
  const thresholds = { grammar: 85, style: 80, clarity: 80, coherence: 80 }

  const suiting: Tone = task === 'apology' || audience === 'executive' ? 'formal' : audience === 'customer' ? 'warm' : 'plain'
  const tone = wished ?? suiting
  reasons.push(wished === undefined ? `a ${tone} tone, which suits the audience (${audience}) and the task` : `a ${tone} tone, as asked`)

  const readerAge = audience === 'prospect' || audience === 'customer' ? 16 : 18
  reasons.push(`sentences for a reader of ${readerAge} years, which suits the audience`)

  if (audience === 'executive') {
    weights.clarity += 0.1
    weights.coherence -= 0.1
    reasons.push('clarity counts for more, since executives read fast')
  }
  if (task === 'apology') {
    weights.style += 0.1
    weights.clarity -= 0.1
    thresholds.style += 5
    reasons.push('style counts for more, since an apology is judged by its tone')
  }
  if (urgency === 'high') {
    for (const reviewer of ['style', 'clarity', 'coherence'] as const) thresholds[reviewer] -= 10
    reasons.push('all but grammar may be weaker, since it is urgent')
  }
  return { template: task, tone, words: words[length], readerAge, weights, thresholds, reasons }
}
