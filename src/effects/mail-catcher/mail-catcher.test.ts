import { readdir } from 'node:fs/promises'
import { connect } from 'node:net'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import type { CaughtMail } from './caught-mail.ts'
import { newFolder, startCatcher } from './catcher.fixture.ts'

const mail = { from: 'Jo Reed <jo@example.com>', to: 'ana@example.org', subject: 'Hello', text: 'One line.' }

test('a message is kept as it was sent', async () => {
  const { catcher, transport, troubles } = await startCatcher(await newFolder())
  const text = '.starts with a dot\n..with two\n.\nGrüße, 東京 and 🦭\n'
  await transport.sendMail({ ...mail, subject: 'Grüße aus Köln 🏔', text, messageId: '<one@example.com>' })

  const [caught] = catcher.list()
  expect(caught).toMatchObject({
    from: 'jo@example.com',
    to: ['ana@example.org'],
    subject: 'Grüße aus Köln 🏔',
    messageId: '<one@example.com>',
  })
  const read = await catcher.get(caught?.id ?? '')
  expect(read?.text?.replaceAll('\r\n', '\n').trimEnd()).toBe(text.trimEnd())
  expect(read?.headers).toContainEqual({ name: 'Message-ID', value: '<one@example.com>' })
  expect(read?.source).toContain('Message-ID: <one@example.com>\r\n')
  expect(read?.unreadable).toBeNull()
  expect(troubles).toEqual([])
})

test('every recipient is in the envelope, hidden ones only there', async () => {
  const { catcher, transport } = await startCatcher(await newFolder())
  await transport.sendMail({ ...mail, to: ['a@example.org', 'b@example.org'], cc: 'c@example.org', bcc: 'd@example.org' })

  const [caught] = catcher.list()
  expect(caught?.to).toEqual(['a@example.org', 'b@example.org', 'c@example.org', 'd@example.org'])
  expect((await catcher.get(caught?.id ?? ''))?.source).not.toContain('d@example.org')
})

test('a subscriber hears of a message before its sender does, and no more once it has gone', async () => {
  const { catcher, transport } = await startCatcher(await newFolder())
  const heard: CaughtMail[] = []
  const leave = catcher.subscribe((caught) => heard.push(caught))
  await transport.sendMail(mail)
  expect(heard).toEqual(catcher.list())
  leave()
  await transport.sendMail(mail)
  expect(heard).toHaveLength(1)
})

test('a subscriber that throws costs neither the message nor the other subscribers', async () => {
  const { catcher, transport, troubles } = await startCatcher(await newFolder())
  const heard: string[] = []
  catcher.subscribe(() => {
    throw new Error('no paper')
  })
  catcher.subscribe(({ subject }) => heard.push(subject))
  await transport.sendMail(mail)
  expect(heard).toEqual(['Hello'])
  expect(troubles).toEqual(['a listener of the mail catcher failed: Error: no paper'])
})

test('the newest message is listed first', async () => {
  const { catcher, transport } = await startCatcher(await newFolder())
  for (const subject of ['one', 'two', 'three']) await transport.sendMail({ ...mail, subject })
  expect(catcher.list().map(({ subject }) => subject)).toEqual(['three', 'two', 'one'])
})

test('a message whose size is told beforehand is refused beforehand', async () => {
  const folder = await newFolder()
  const { catcher, transport } = await startCatcher(folder, { maxSize: 2_000 })
  await expect(transport.sendMail({ ...mail, text: 'x'.repeat(2_000) })).rejects.toMatchObject({ responseCode: 552 })
  expect(catcher.list()).toEqual([])
})

test('one message more than are kept is refused for now', async () => {
  const folder = await newFolder()
  const { catcher, transport } = await startCatcher(folder, { maxCount: 1 })
  await transport.sendMail(mail)
  await expect(transport.sendMail(mail)).rejects.toThrow(`452 the mail catcher keeps 1 message at most: delete some from ${folder}`)
  expect(catcher.list()).toHaveLength(1)
})

test('a message that no parser accepts still has its source', async () => {
  const { catcher, transport } = await startCatcher(await newFolder())
  const nested = Array.from({ length: 300 }, (_, depth) => `Content-Type: multipart/mixed; boundary=b${depth}\r\n\r\n--b${depth}\r\n`)
  await transport.sendMail({ envelope: { from: mail.from, to: mail.to }, raw: `Subject: deep\r\n${nested.join('')}` })
  const [caught] = catcher.list()
  const read = await catcher.get(caught?.id ?? '')
  expect(caught?.subject).toBe('deep')
  expect(read?.text).toBeNull()
  expect(read?.unreadable).toContain('nesting')
  expect(read?.source).toContain('boundary=b299')
})

test('an id that names nothing is answered with nothing', async () => {
  const { catcher } = await startCatcher(await newFolder())
  for (const id of ['', '../../etc/passwd', '__proto__', '00000000000000000000000000']) {
    expect(await catcher.get(id)).toBeUndefined()
  }
})

test('neither port answers on another address of the machine', async () => {
  const { catcher } = await startCatcher(await newFolder())
  for (const port of [catcher.port, catcher.pop3Port]) {
    const socket = connect(port, '127.0.0.2')
    await expect(once(socket, 'connect')).rejects.toThrow('ECONNREFUSED')
  }
})

test('a port that is taken is an error, and nothing is left listening', async () => {
  const { catcher } = await startCatcher(await newFolder())
  const folder = await newFolder()
  await expect(startCatcher(folder, { port: catcher.port })).rejects.toThrow('EADDRINUSE')
  await expect(startCatcher(folder, { pop3Port: catcher.pop3Port })).rejects.toThrow('EADDRINUSE')
  expect(await readdir(folder)).toEqual([])
})
