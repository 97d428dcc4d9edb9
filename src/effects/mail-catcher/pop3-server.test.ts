import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import Pop3Client from 'node-pop3'
import { expect, test } from 'vitest'
import { newFolder, startCatcher } from './catcher.fixture.ts'

const mail = { from: 'jo@example.com', to: 'ana@example.org', subject: 'Hello' }
const client = (port: number): Pop3Client => new Pop3Client({ host: '127.0.0.1', port, user: 'anyone', password: 'any' })

/** All that the server says to bytes sent at once, until it hangs up. */
async function converse(port: number, bytes: string): Promise<string[]> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write(bytes)
  return (await text(socket)).split('\r\n')
}

test('a POP3 client reads what was received', async () => {
  const { catcher, transport } = await startCatcher(await newFolder())
  await transport.sendMail({ ...mail, text: 'first line\nGrüße 🦭\nlast line' })
  await transport.sendMail({ ...mail, subject: 'Second', text: 'two' })
  const [second, first] = await Promise.all(catcher.list().map(({ id }) => catcher.get(id)))

  const pop3 = client(catcher.pop3Port)
  expect(await pop3.STAT()).toBe(`2 ${(first?.size ?? 0) + (second?.size ?? 0)}`)
  expect(await pop3.LIST()).toEqual([['1', String(first?.size)], ['2', String(second?.size)]])
  expect(await pop3.UIDL()).toEqual([['1', first?.id], ['2', second?.id]])
  expect(await pop3.UIDL(2)).toEqual(['2', second?.id])
  expect(`${await pop3.RETR(1)}\r\n`).toBe(first?.source)
  const head = first?.source.split('\r\n\r\n')[0] ?? ''
  expect((await pop3.TOP(1, 0)).trimEnd()).toBe(head)
  expect((await pop3.TOP(1, 1)).trimEnd()).toBe(`${head}\r\n\r\nfirst line`)
  await expect(pop3.DELE(1)).rejects.toThrow('read-only')
  await expect(pop3.RETR(3)).rejects.toThrow('no such message')
  await pop3.QUIT()
  expect(catcher.list()).toHaveLength(2)
})

test('mail that arrives during a session is for the next one', async () => {
  const { catcher, transport } = await startCatcher(await newFolder())
  const early = client(catcher.pop3Port)
  expect(await early.STAT()).toBe('0 0')
  await transport.sendMail({ ...mail, text: 'late' })
  expect(await early.LIST()).toEqual([])
  await early.QUIT()
  const late = client(catcher.pop3Port)
  expect(await late.UIDL()).toHaveLength(1)
  await late.QUIT()
})

test('a line that starts with a dot is sent with one more, and counted without it', async () => {
  const { catcher, transport } = await startCatcher(await newFolder())
  await transport.sendMail({ ...mail, text: '.one\n..two\n.\nend' })
  const [size] = catcher.list().map((caught) => caught.size)
  const replies = await converse(catcher.pop3Port, 'USER x\r\nPASS y\r\nLIST 1\r\nRETR 1\r\nQUIT\r\n')
  expect(replies).toContain(`+OK 1 ${size}`)
  expect(replies.slice(-8)).toEqual(['', '..one', '...two', '..', 'end', '.', '+OK bye', ''])
})

test('commands sent in one go are answered in order', async () => {
  const { catcher } = await startCatcher(await newFolder())
  expect(await converse(catcher.pop3Port, 'stat\r\nPASS x\r\nUSER x\r\nPASS y\r\nSTAT\r\nNOOP\r\nquit\r\n')).toEqual([
    '+OK Cairn mail catcher',
    '-ERR no such command here',
    '-ERR USER comes first',
    '+OK any password does',
    '+OK 0 messages (0 octets)',
    '+OK 0 0',
    '+OK still here',
    '+OK bye',
    '',
  ])
})

test('sessions that have ended take no place from later ones', async () => {
  const { catcher, troubles } = await startCatcher(await newFolder())
  for (let session = 0; session < 30; session += 1) {
    expect((await converse(catcher.pop3Port, 'QUIT\r\n')).at(-2)).toBe('+OK bye')
    const silent = connect(catcher.pop3Port, '127.0.0.1').resume().end()
    await once(silent, 'close')
  }
  expect(troubles).toEqual([])
})

test('a command without end is cut off', async () => {
  const { catcher } = await startCatcher(await newFolder())
  expect(await converse(catcher.pop3Port, 'A'.repeat(10_000))).toEqual([
    '+OK Cairn mail catcher',
    '-ERR a command has 255 octets at most',
    '',
  ])
})

test('names that every object has are no commands', async () => {
  const { catcher } = await startCatcher(await newFolder())
  const replies = await converse(catcher.pop3Port, 'CONSTRUCTOR\r\n__proto__\r\n\r\nQUIT\r\n')
  expect(replies.filter((line) => line === '-ERR no such command here')).toHaveLength(3)
})
