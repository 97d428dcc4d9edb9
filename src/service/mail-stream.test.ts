import { expect, test } from 'vitest'
import type { MailStreamItem, MailSummary } from '../contract/mail.ts'
import { mailStream } from './mail-stream.ts'

const mailOf = (id: number): MailSummary => ({
  id: String(id),
  receivedAt: id,
  from: 'a@example.com',
  to: ['b@example.com'],
  subject: 'Hello',
  messageId: null,
  size: 1,
  sentBy: null,
})

function createMailbox() {
  const listeners = new Set<(mail: MailSummary) => void>()
  return {
    listeners,
    receive: (id: number) => listeners.forEach((listener) => listener(mailOf(id))),
    subscribe(listener: (mail: MailSummary) => void) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

const next = async (stream: AsyncGenerator<MailStreamItem, void>): Promise<MailStreamItem> => {
  const { value } = await stream.next()
  if (value === undefined) throw new Error('the stream has ended')
  return value
}

test('what comes after the stream is open comes through it, once and in order', async () => {
  const mailbox = createMailbox()
  const stream = mailStream(mailbox, undefined)
  mailbox.receive(0)
  expect(await next(stream)).toEqual({ type: 'opened' })
  mailbox.receive(1)
  mailbox.receive(2)
  expect([await next(stream), await next(stream)]).toEqual([1, 2].map((id) => ({ type: 'received', mail: mailOf(id) })))
  const third = next(stream)
  mailbox.receive(3)
  expect(await third).toMatchObject({ mail: { id: '3' } })
  await stream.return()
  expect(mailbox.listeners.size).toBe(0)
})

test('a slow reader is told how many it missed; nothing piles up for it', async () => {
  const mailbox = createMailbox()
  const stream = mailStream(mailbox, undefined)
  await next(stream)
  for (let id = 0; id < 1_250; id += 1) mailbox.receive(id)
  expect(await next(stream)).toEqual({ type: 'missed', messages: 250 })
  expect(await next(stream)).toMatchObject({ mail: { id: '250' } })
})

test('ends with its caller, also while it waits', async () => {
  const mailbox = createMailbox()
  const gone = new AbortController()
  const stream = mailStream(mailbox, gone.signal)
  await next(stream)
  const waiting = stream.next()
  gone.abort()
  expect(await waiting).toMatchObject({ done: true })
  expect(mailbox.listeners.size).toBe(0)
  expect(await mailStream(mailbox, gone.signal).next()).toMatchObject({ value: { type: 'opened' } })
})
