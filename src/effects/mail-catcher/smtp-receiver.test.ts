import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test } from 'vitest'
import { newFolder, startCatcher } from './catcher.fixture.ts'

/** A client that says exactly what it is told, and waits for the reply that it expects. */
async function rawClient(port: number): Promise<{ socket: Socket; say: (bytes: string, reply: string) => Promise<void> }> {
  const socket = connect(port, '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]()
  const expectReply = async (code: string): Promise<void> => {
    for (;;) {
      const { value: line, done } = await lines.next()
      if (done === true) throw new Error(`the server hung up where ${code} was expected`)
      if (line.startsWith(`${code} `)) return
      if (!line.startsWith('250-')) throw new Error(`${code} was expected: ${line}`)
    }
  }
  await expectReply('220')
  return {
    socket,
    async say(bytes, reply) {
      socket.write(bytes)
      await expectReply(reply)
    },
  }
}

async function atData(port: number): Promise<Awaited<ReturnType<typeof rawClient>>> {
  const client = await rawClient(port)
  await client.say('EHLO here\r\n', '250')
  await client.say('MAIL FROM:<>\r\n', '250')
  await client.say('RCPT TO:<ana@example.org>\r\n', '250')
  await client.say('DATA\r\n', '354')
  return client
}

test('a message that grows over the limit unannounced is refused at its end, and the session goes on', async () => {
  const folder = await newFolder()
  const { catcher } = await startCatcher(folder, { maxSize: 1_000 })
  const { say } = await atData(catcher.port)
  await say(`${'x'.repeat(78)}\r\n`.repeat(20) + '.\r\n', '552')
  await say('MAIL FROM:<jo@example.com>\r\n', '250')
  expect(await readdir(folder)).toEqual([])
})

test('a line end other than CRLF is refused, so that nothing can be smuggled behind it', async () => {
  const folder = await newFolder()
  const { catcher } = await startCatcher(folder)
  const { say } = await atData(catcher.port)
  await say('Subject: x\r\n\r\nbody\n.\r\nMAIL FROM:<evil@example.com>\r\n.\r\n', '554')
  expect(await readdir(folder)).toEqual([])
})

test('the null sender is kept as an empty one', async () => {
  const { catcher } = await startCatcher(await newFolder())
  const { say } = await atData(catcher.port)
  await say('Subject: bounce\r\n\r\nno\r\n.\r\n', '250')
  expect(catcher.list()).toMatchObject([{ from: '', subject: 'bounce' }])
})

test('a message cut off in the middle leaves nothing', async () => {
  const folder = await newFolder()
  const { catcher, troubles } = await startCatcher(folder)
  const { socket } = await atData(catcher.port)
  socket.write('Subject: half\r\n\r\nhalf a mess')
  socket.destroy()
  await once(socket, 'close')
  // A whole message after it: once that is kept, the server has seen the other one's end.
  const second = await atData(catcher.port)
  await second.say('Subject: whole\r\n\r\nyes\r\n.\r\n', '250')
  await catcher.close()
  expect(catcher.list().map(({ subject }) => subject)).toEqual(['whole'])
  expect(await readdir(folder)).toHaveLength(2)
  expect(troubles).toEqual([])
})

test('there is nothing to log in to', async () => {
  const { catcher } = await startCatcher(await newFolder())
  const { say } = await rawClient(catcher.port)
  await say('EHLO here\r\n', '250')
  await expect(say('AUTH PLAIN AGpvAHNlY3JldA==\r\n', '500')).resolves.toBeUndefined()
})
