/** A plan that is written, reviewed and written again until the review is content, or has gone on for long enough. */
import { TransientError, workflow, z } from 'cairn'

const Input = z.object({
  topic: z.string().min(3).max(120),
  rounds: z.int().min(1).max(5).default(3).describe('How many rounds the review takes'),
  slow: z.boolean().default(false),
})
const Plan = z.object({ headline: z.string(), points: z.array(z.string()), revision: z.int() })

const took = (millis: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, millis))

export default workflow('plan-review', { version: 1, title: 'Plan and review', input: Input })
  .step('research', { title: 'Research', retry: { attempts: 4, initial: '200ms' } }, async ({ input, attempt, log }) => {
    await took(160)
    if (input.slow && attempt === 1) throw new TransientError('the index answered 503')
    log.info(`found 12 sources on ${input.topic}`)
    return { sources: 12 }
  })
  .step('plan', { title: 'Write the plan', needs: ['research'], output: Plan }, async ({ input, iteration, progress }) => {
    for (const part of [0.3, 0.6, 1]) {
      await took(input.slow ? 400 : 90)
      progress(part, part < 1 ? 'drafting' : 'polishing')
    }
    const points = ['Who it is for', 'What it costs', 'What may go wrong', 'How we know that it worked'].slice(0, 1 + iteration)
    return { headline: input.topic, points, revision: iteration }
  })
  .step(
    'review',
    {
      title: 'Review',
      needs: ['plan'],
      next: { to: ['plan'], max: 5, onLimit: 'continue', choose: ({ output }) => (output.content ? undefined : 'plan') },
      output: z.object({ content: z.boolean(), score: z.number(), remarks: z.array(z.string()) }),
    },
    async ({ input, iteration }) => {
      await took(130)
      const content = iteration >= input.rounds
      return { content, score: Math.min(97, 58 + 13 * iteration), remarks: content ? [] : ['The risks are not named.', 'Say who decides.'] }
    },
  )
  .wait('cool', { title: 'Let it rest', needs: ['review'], for: ({ input }) => (input.slow ? '30m' : '300ms') })
  .step('publish', { title: 'Publish', needs: ['cool'] }, async ({ outputs }) => {
    await took(70)
    return { published: outputs.plan.headline }
  })
