import { z } from 'zod'
import { Instant } from '../model/ids.ts'
import { procedure } from './procedure.ts'

const tags = ['mail']

export const MailSummary = z.object({
  id: z.string(),
  receivedAt: Instant,
  from: z.string(),
  /** Everyone whom the message was handed over for, hidden recipients too. */
  to: z.array(z.string()),
  subject: z.string(),
  messageId: z.string().nullable(),
  /** In octets, as received. */
  size: z.int().nonnegative(),
})
export type MailSummary = z.infer<typeof MailSummary>

export const Mail = MailSummary.extend({
  text: z.string().nullable(),
  html: z.string().nullable(),
  headers: z.array(z.object({ name: z.string(), value: z.string() })),
  /** The message as it was received. */
  source: z.string(),
  /** Why text, html and headers are missing, where the message is none that a parser takes. */
  unreadable: z.string().nullable(),
})
export type Mail = z.infer<typeof Mail>

export const mail = {
  list: procedure
    .route({ method: 'GET', path: '/mail', tags, summary: 'What the mail catcher of the workspace received, newest first' })
    .output(z.object({ mail: z.array(MailSummary) })),

  get: procedure
    .route({ method: 'GET', path: '/mail/{id}', tags, summary: 'A received message' })
    .input(z.strictObject({ id: z.string().min(1).max(200) }))
    .output(Mail),
}
