import { z } from 'zod'
import { RunPass } from '../model/idempotency-key.ts'
import { Instant, RunId } from '../model/ids.ts'
import { procedure, stream } from './procedure.ts'

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
  /** The step that its Message-ID says it is of: a claim, which any program of this machine can make too. */
  sentBy: RunPass.nullable(),
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

export const MailStreamItem = z.discriminatedUnion('type', [
  /** Always the first item: every message received from now on follows. */
  z.object({ type: z.literal('opened') }),
  z.object({ type: z.literal('received'), mail: MailSummary }),
  /** The reader was too slow for so many messages, the oldest of those that waited. They are in `mail.list`. */
  z.object({ type: z.literal('missed'), messages: z.int().min(1) }),
])
export type MailStreamItem = z.infer<typeof MailStreamItem>

export const mail = {
  list: procedure
    .route({ method: 'GET', path: '/mail', tags, summary: 'What the mail catcher of the workspace received, newest first' })
    .input(z.strictObject({ run: RunId.optional() }))
    .output(z.object({ mail: z.array(MailSummary) })),

  get: procedure
    .route({ method: 'GET', path: '/mail/{id}', tags, summary: 'A received message' })
    .input(z.strictObject({ id: z.string().min(1).max(200) }))
    .output(Mail),

  watch: procedure
    .route({ method: 'GET', path: '/mail/watch', tags, summary: 'What the mail catcher receives, as it comes' })
    .output(stream(MailStreamItem)),
}
