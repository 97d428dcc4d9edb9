/** From what an author's function answered to the bytes that go over the wire. */
import addressparser from 'nodemailer/lib/addressparser'
import MailComposer from 'nodemailer/lib/mail-composer'
import { z } from 'zod'
import type { Failure } from '../../model/failure.ts'
import { messageIdOf } from './message-id.ts'

const oneLine = z.string().refine((text) => !/[\r\n]/.test(text), 'must stand on one line')
const addresses = z.union([oneLine, z.array(oneLine)])
const headerName = z.string().regex(/^[!-9;-~]+$/, 'is not a header name')

/** Headers that the fields beside them, or this module, speak for. */
const ownHeaders = /^(?:from|to|cc|bcc|reply-to|subject|date|message-id|mime-version|content-.*|x-cairn-.*)$/i

const Fields = z.strictObject({
  from: oneLine.optional(),
  to: addresses,
  cc: addresses.optional(),
  bcc: addresses.optional(),
  replyTo: oneLine.optional(),
  subject: oneLine,
  text: z.string(),
  html: z.string().optional(),
  headers: z
    .record(headerName.refine((name) => !ownHeaders.test(name), 'is written by Cairn'), oneLine)
    .optional(),
})

/** What says which attempt a message comes from. */
export interface Origin {
  readonly idempotencyKey: string
  readonly correlation: string
}

/** A message as SMTP takes it: the envelope with bare addresses, the text with all its headers. */
export interface Letter {
  readonly from: string
  readonly recipients: readonly string[]
  readonly messageId: string
  readonly bytes: Buffer
}

/** A message that cannot be sent as it is. `failure` names the field. */
export class MessageRefused extends Error {
  override readonly name = 'MessageRefused'
  readonly failure: Failure

  constructor(path: string, message: string) {
    super(message)
    this.failure = {
      class: 'permanent',
      name: this.name,
      message,
      path,
      wayOut: `correct ${path} in what the step returns: docs/STEPS.md tells what a message is made of`,
    }
  }
}

/** Checks a message and writes it down. @throws MessageRefused */
export async function compose(message: unknown, sender: string, origin: Origin): Promise<Letter> {
  const { from = sender, to, cc, bcc, replyTo, headers, ...content } = fieldsOf(message)
  const [author, ...more] = mailboxes('from', from)
  if (author === undefined || more.length > 0) throw new MessageRefused('from', `from: needs one address, not ${JSON.stringify(from)}`)
  const { receivers, copies, recipients } = addressed({ to, cc, bcc })
  const messageId = messageIdOf(origin.idempotencyKey)
  const composer = new MailComposer({
    ...content,
    from: author,
    to: receivers,
    cc: copies,
    replyTo: mailboxes('replyTo', replyTo),
    messageId,
    headers: {
      ...headers,
      'X-Cairn-Idempotency-Key': origin.idempotencyKey,
      'X-Cairn-Correlation-ID': origin.correlation,
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return { from: author.address, recipients, messageId, bytes: await composer.compile().build() }
}

/** Everyone whom a message goes to, hidden recipients too. @throws MessageRefused */
export function recipientsOf(message: unknown): readonly string[] {
  return addressed(fieldsOf(message)).recipients
}

function fieldsOf(message: unknown): z.infer<typeof Fields> {
  const parsed = Fields.safeParse(message)
  if (!parsed.success) throw refusalOf(parsed.error)
  return parsed.data
}

function addressed({ to, cc, bcc }: Pick<z.infer<typeof Fields>, 'to' | 'cc' | 'bcc'>) {
  const receivers = mailboxes('to', to)
  if (receivers.length === 0) throw new MessageRefused('to', 'to: names no recipient')
  const copies = mailboxes('cc', cc)
  const hidden = mailboxes('bcc', bcc)
  const recipients = [...new Set([...receivers, ...copies, ...hidden].map(({ address }) => address))]
  return { receivers, copies, recipients }
}

interface Mailbox {
  readonly name: string
  readonly address: string
}

function mailboxes(field: string, written: string | readonly string[] | undefined): Mailbox[] {
  const lines = written === undefined ? [] : [written].flat()
  return lines.flatMap((line) => {
    const found = addressparser(line, { flatten: true })
    for (const { name, address } of found) {
      // The parser makes a name of anything beside an address; a name without angle brackets is a typing error.
      const typo = name !== '' && !line.includes(`<${address}>`)
      if (typo || !isAddress(address)) throw new MessageRefused(field, `${field}: ${JSON.stringify(line)} is no e-mail address`)
    }
    return found.map(({ name, address }) => ({ name, address }))
  })
}

function isAddress(text: string): boolean {
  const ascii = /^[ -~]*$/.test(text)
  return z.email({ pattern: ascii ? z.regexes.html5Email : z.regexes.unicodeEmail }).safeParse(text).success
}

function refusalOf({ issues: [issue] }: z.ZodError): MessageRefused {
  const keys = issue?.code === 'unrecognized_keys' ? issue.keys : []
  const path = [...(issue?.path ?? []), ...keys.slice(0, 1)].map(String).join('.') || 'message'
  return new MessageRefused(path, `${path}: ${issue?.message ?? 'is no message'}`)
}
