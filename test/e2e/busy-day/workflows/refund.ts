/** Money back: a payment service that times out, a letter, and everything undone where the books do not agree. */
import { PermanentError, workflow, z } from 'cairn'

const Input = z.object({
  order: z.string().regex(/^[A-Z]{2}-\d{4}$/).describe('As on the invoice: AB-1234'),
  amount: z.number().positive().max(5_000),
  customer: z.object({ name: z.string().min(1), email: z.email() }),
  reason: z.enum(['damaged', 'late', 'changed-mind']),
  trouble: z.enum(['none', 'slow-bank', 'books']).default('none'),
})

const took = (millis: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, millis))

export default workflow('refund', { version: 2, title: 'Refund', input: Input, timeout: '10m' })
  .step('verify', { title: 'Verify the order' }, async ({ input }) => {
    await took(90)
    return { order: input.order, paid: input.amount }
  })
  .step(
    'pay',
    {
      title: 'Pay back',
      needs: ['verify'],
      effect: { repeat: 'safe' },
      timeout: '700ms',
      retry: { attempts: 3, initial: '200ms' },
      compensate: ({ log }) => log.warn('took the money back'),
    },
    async ({ input, attempt, idempotencyKey }) => {
      await took(input.trouble === 'slow-bank' && attempt < 3 ? 2_000 : 150)
      return { reference: idempotencyKey.slice(-12), amount: input.amount }
    },
  )
  .email('letter', { title: 'Write to the customer', needs: ['pay'] }, ({ input }) => ({
    to: `${input.customer.name} <${input.customer.email}>`,
    subject: `Your refund for ${input.order}`,
    text: `Hello ${input.customer.name},\n\nwe have paid back ${input.amount.toFixed(2)} EUR for ${input.order}.\n\nKind regards`,
  }))
  .step('book', { title: 'Enter into the books', needs: ['pay', 'letter'] }, async ({ input }) => {
    await took(80)
    if (input.trouble === 'books') throw new PermanentError(`account 4711 is closed since 2025-12-31: ${input.amount} EUR cannot be entered`)
    return { entry: 20_418 }
  })
