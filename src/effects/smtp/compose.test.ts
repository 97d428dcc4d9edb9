import fc from 'fast-check'
import PostalMime from 'postal-mime'
import { describe, expect, it } from 'vitest'
import { compose, MessageRefused } from './compose.ts'

const origin = { idempotencyKey: '01J0000000000000000000000A/send/1/0', correlation: 'order 12' }
const good = { to: 'ada@example.org', subject: 'Hello', text: 'One line.\n' }
const write = (message: unknown) => compose(message, 'Cairn <cairn@example.org>', origin)

async function refusalOf(message: unknown): Promise<MessageRefused['failure']> {
  const error = await write(message).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof MessageRefused)) throw new Error('the message was not refused')
  return error.failure
}

describe('composing a message', () => {
  it('takes the sender of the workspace, and carries key and correlation', async () => {
    const letter = await write(good)
    expect(letter).toMatchObject({ from: 'cairn@example.org', recipients: ['ada@example.org'] })
    const mail = await PostalMime.parse(letter.bytes)
    expect(mail).toMatchObject({ subject: 'Hello', from: { name: 'Cairn', address: 'cairn@example.org' } })
    expect(mail.messageId).toBe('<01J0000000000000000000000A/send/1/0@cairn.local>')
    const header = (key: string) => mail.headers.find((line) => line.key === key)?.value
    expect(header('x-cairn-idempotency-key')).toBe(origin.idempotencyKey)
    expect(header('x-cairn-correlation-id')).toBe('order 12')
  })

  it('gives hidden recipients to the envelope only, and nobody twice', async () => {
    const letter = await write({
      ...good,
      from: '"Bo, of Sales" <bo@example.org>',
      to: ['Ada <ada@example.org>, bob@example.org'],
      cc: 'ada@example.org',
      bcc: ['secret@example.org'],
      replyTo: 'desk@example.org',
    })
    expect(letter.recipients).toEqual(['ada@example.org', 'bob@example.org', 'secret@example.org'])
    const mail = await PostalMime.parse(letter.bytes)
    expect(mail.from?.name).toBe('Bo, of Sales')
    expect(mail.replyTo?.[0]?.address).toBe('desk@example.org')
    expect(letter.bytes.toString()).not.toContain('secret')
  })

  it('keeps text, html and headers of the author', async () => {
    const { bytes } = await write({ ...good, text: 'žluť\n.\nend', html: '<p>žluť</p>', headers: { 'X-Team': 'sales' } })
    const mail = await PostalMime.parse(bytes)
    expect(mail.text?.trimEnd()).toBe('žluť\n.\nend')
    expect(mail.html).toContain('<p>žluť</p>')
    expect(mail.headers).toContainEqual(expect.objectContaining({ key: 'x-team', value: 'sales' }))
  })

  it.each([
    ['to', { to: '' }],
    ['to', { to: [] }],
    ['to', { to: undefined }],
    ['to', { to: 'nobody' }],
    ['to', { to: ['ada@example.org', 'a b@example.org'] }],
    ['to', { to: 'ada@example.org\r\nBcc: eve@example.org' }],
    ['cc', { cc: 'ada@@example.org' }],
    ['bcc', { bcc: ['ada@example.org', '@'] }],
    ['from', { from: 'sales' }],
    ['from', { from: 'a@example.org, b@example.org' }],
    ['replyTo', { replyTo: 'ada@' }],
    ['subject', { subject: 'Hi\nBcc: eve@example.org' }],
    ['subject', { subject: undefined }],
    ['text', { text: { path: '/etc/passwd' } }],
    ['headers.Bcc', { headers: { Bcc: 'eve@example.org' } }],
    ['headers.X-Cairn-Idempotency-Key', { headers: { 'X-Cairn-Idempotency-Key': 'mine' } }],
    ['headers.X Y', { headers: { 'X Y': 'z' } }],
    ['headers.X', { headers: { X: 'a\r\nBcc: eve@example.org' } }],
    ['attachments', { attachments: [{ path: '/etc/passwd' }] }],
  ])('refuses a message by the name of the field: %s', async (path, wrong) => {
    const failure = await refusalOf({ ...good, ...wrong })
    expect(failure).toMatchObject({ class: 'permanent', path })
    expect(failure.message).toContain(path)
  })

  it('refuses what is no message at all', async () => {
    expect(await refusalOf(undefined)).toMatchObject({ class: 'permanent', path: 'message' })
  })

  it('makes a Message-ID of any key, and different ones of different keys', async () => {
    const id = async (idempotencyKey: string) => (await compose(good, 'a@b', { ...origin, idempotencyKey })).messageId
    const key = fc.string({ minLength: 1, unit: 'grapheme-ascii' })
    await fc.assert(
      fc.asyncProperty(key, key, async (one, other) => {
        expect(await id(one)).toMatch(/^<[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@cairn\.local>$/)
        expect((await id(one)) === (await id(other))).toBe(one === other)
      }),
      { numRuns: 50 },
    )
  })
})
