import { z } from 'zod'
import { Checksum, Instant } from '../../model/ids.ts'

/** A ULID, and therefore a file name that means nothing to any file system. */
export const MailId = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/, 'a ULID of 26 characters')
export type MailId = z.infer<typeof MailId>

/** Who handed a message over for whom (SMTP's MAIL and RCPT), whatever its headers say: hidden recipients stand here. */
export const Envelope = z.object({
  /** Empty where the sender was null. */
  from: z.string(),
  to: z.array(z.string()),
})
export type Envelope = z.infer<typeof Envelope>

/** What is known of a received message without opening it. */
export const CaughtMail = Envelope.extend({
  id: MailId,
  receivedAt: Instant,
  subject: z.string(),
  messageId: z.string().nullable(),
  /** Octets of the message as received. */
  size: z.int().nonnegative(),
  /** SHA-256 of those octets. */
  digest: Checksum,
})
export type CaughtMail = z.infer<typeof CaughtMail>

/** A received message, opened. */
export interface ReadMail extends CaughtMail {
  readonly text: string | null
  readonly html: string | null
  readonly headers: readonly { readonly name: string; readonly value: string }[]
  /** The message as received, decoded as UTF-8. */
  readonly source: string
  /** Why text, html and headers are missing, where the message is not one that a parser accepts. */
  readonly unreadable: string | null
}
