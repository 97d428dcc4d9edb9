/**
 * One POP3 session (RFC 1939) over what the catcher has kept, read only. It knows no socket: a line in, a reply out.
 *
 * Invariants:
 * 1. The messages and their numbers are those of the moment of PASS; mail that arrives later is for the next session.
 * 2. Nothing is ever deleted: DELE is refused.
 */
import { counted } from '../../model/counted.ts'
import type { CaughtMail } from './caught-mail.ts'
import { dotStuffed } from './dot-stuffing.ts'

export interface Maildrop {
  /** Oldest first. */
  list(): readonly CaughtMail[]
  /** The octets of a message, its lines ended with CRLF. */
  read(mail: CaughtMail): Promise<Uint8Array>
}

export interface Reply {
  readonly bytes: Uint8Array
  /** The connection is over once this is sent. */
  readonly last: boolean
}

type Command = (args: readonly string[]) => Reply | Promise<Reply>
type Commands = Readonly<Record<string, Command>>

const reply = (text: string): Reply => ({ bytes: Buffer.from(`${text}\r\n`), last: false })
const ok = (text: string): Reply => reply(`+OK ${text}`)
const no = (text: string): Reply => reply(`-ERR ${text}`)
const okWith = (text: string, body: Uint8Array): Reply => ({
  bytes: Buffer.concat([ok(text).bytes, dotStuffed(body)]),
  last: false,
})
const linesOf = (lines: readonly string[]): Uint8Array => Buffer.from(lines.map((line) => `${line}\r\n`).join(''))

const anytime: Commands = {
  CAPA: () => okWith('what this server does', linesOf(['USER', 'UIDL', 'TOP', 'EXPIRE NEVER'])),
  QUIT: () => ({ ...ok('bye'), last: true }),
}

/** What answers a session's lines, one after the other. */
export function pop3Session(drop: Maildrop): (line: string) => Promise<Reply> {
  let named = false
  let commands: Commands = {
    ...anytime,
    USER: () => {
      named = true
      return ok('any password does')
    },
    PASS: () => {
      if (!named) return no('USER comes first')
      const messages = drop.list()
      commands = transaction(drop, messages)
      return ok(summary(messages))
    },
  }

  return async (line) => {
    const [word = '', ...args] = line.trim().split(/ +/)
    const name = word.toUpperCase()
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined
    if (command === undefined) return no('no such command here')
    return command(args)
  }
}

/** The commands of a session whose messages are settled. */
function transaction(drop: Maildrop, messages: readonly CaughtMail[]): Commands {
  const find = (number: string | undefined): CaughtMail | undefined => messages[(wholeNumber(number) ?? 0) - 1]

  /** One line for the message named, or one for each. */
  const listing = (of: (mail: CaughtMail) => string | number): Command => ([number]) => {
    const lines = messages.map((mail, index) => `${index + 1} ${of(mail)}`)
    if (number === undefined) return okWith(summary(messages), linesOf(lines))
    const mail = find(number)
    return mail === undefined ? no('no such message') : ok(`${messages.indexOf(mail) + 1} ${of(mail)}`)
  }

  const content = async (number: string | undefined, part: (bytes: Uint8Array) => Uint8Array): Promise<Reply> => {
    const mail = find(number)
    if (mail === undefined) return no('no such message')
    const bytes = await drop.read(mail)
    return okWith(`${bytes.length} octets`, part(bytes))
  }

  return {
    ...anytime,
    NOOP: () => ok('still here'),
    RSET: () => ok(summary(messages)),
    STAT: () => ok(`${messages.length} ${octets(messages)}`),
    LIST: listing(({ size }) => size),
    UIDL: listing(({ id }) => id),
    RETR: ([number]) => content(number, (bytes) => bytes),
    TOP: ([number, lines]) => {
      const count = wholeNumber(lines)
      return count === undefined ? no('TOP takes a message and a number of lines') : content(number, top(count))
    },
    DELE: () => no('this mailbox is read-only'),
  }
}

const octets = (messages: readonly CaughtMail[]): number => messages.reduce((sum, { size }) => sum + size, 0)

const summary = (messages: readonly CaughtMail[]): string => `${counted(messages.length, 'message')} (${octets(messages)} octets)`

const wholeNumber = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined

/** The headers, the empty line, and so many lines of the body. */
const top = (count: number) => (bytes: Uint8Array): Uint8Array => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const nextLine = (from: number): number => {
    const end = buffer.indexOf('\r\n', from)
    return end === -1 ? buffer.length : end + 2
  }
  const head = buffer.indexOf('\r\n\r\n')
  let end = head === -1 ? buffer.length : head + 4
  for (let taken = 0; taken < count && end < buffer.length; taken += 1) end = nextLine(end)
  return bytes.subarray(0, end)
}
