/**
 * Hands one message to an SMTP server, over a connection of its own.
 *
 * Invariants:
 * 1. No byte of the message leaves before `begin` has resolved, and `begin` is called only once the server has accepted
 *    the envelope and said 354. Whatever fails before that has certainly not delivered anything.
 * 2. After that only the server's reply says what became of the message. Without one it is in doubt.
 */
import { Readable } from 'node:stream'
import type { NodemailerError } from 'nodemailer'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import type { SMTPConnectionSendInfo } from 'nodemailer/lib/smtp-connection'
import type { Failure } from '../../model/failure.ts'
import type { Letter } from './compose.ts'
import { doubt, refusal } from './refusal.ts'
import { isLoopback, type SmtpSettings } from './settings.ts'

export type Delivery =
  | { readonly type: 'sent'; readonly accepted: string[]; readonly rejected: string[]; readonly response: string }
  | { readonly type: 'failed'; readonly failure: Failure }
  | { readonly type: 'in_doubt'; readonly failure: Failure }

export interface DeliveryOptions {
  readonly settings: SmtpSettings
  /** The outside world is about to be touched: the message is handed over once this resolves, not where it rejects. */
  readonly begin: () => Promise<void>
  /** Closes the connection, wherever it stands. */
  readonly signal: AbortSignal
}

/** How long a server may take to say goodbye, in milliseconds; the message is delivered by then. */
const goodbye = 1_000

export async function deliver(letter: Letter, { settings, begin, signal }: DeliveryOptions): Promise<Delivery> {
  const server = `${settings.host}:${settings.port}`
  const connection = new SMTPConnection({
    host: settings.host,
    port: settings.port,
    secure: settings.secure,
    requireTLS: !settings.secure && settings.auth !== undefined && !isLoopback(settings.host),
    connectionTimeout: settings.connectTimeout,
    greetingTimeout: settings.connectTimeout,
    socketTimeout: settings.idleTimeout,
    socketCloseTimeout: 0,
  })
  const ended = new Promise<void>((resolve) => connection.once('end', resolve))
  let begun = false
  const body = Readable.from(
    (async function* () {
      await begin()
      begun = true
      yield letter.bytes
    })(),
    { objectMode: false },
  )

  const abort = (): void => connection.close()
  signal.addEventListener('abort', abort)
  try {
    signal.throwIfAborted()
    const { accepted, rejected, response } = await handOver(connection, ended, settings, letter, body)
    const patience = setTimeout(() => connection.close(), goodbye)
    connection.quit()
    await ended
    clearTimeout(patience)
    return { type: 'sent', accepted, rejected, response }
  } catch (error) {
    const problem: NodemailerError = error instanceof Error ? error : new Error(String(error))
    const answered = problem.responseCode !== undefined
    if (begun && !answered) return { type: 'in_doubt', failure: doubt(problem, server) }
    return { type: 'failed', failure: refusal(problem, server) }
  } finally {
    signal.removeEventListener('abort', abort)
    connection.close()
    body.destroy()
  }
}

async function handOver(
  connection: SMTPConnection,
  ended: Promise<void>,
  { auth }: SmtpSettings,
  { from, recipients, bytes }: Letter,
  body: Readable,
): Promise<SMTPConnectionSendInfo> {
  const lost = new Promise<never>((_, reject) => {
    connection.on('error', reject)
    void ended.then(() => reject(new Error('the connection was closed')))
  })
  lost.catch(() => undefined)
  const step = <T>(take: (done: (error?: NodemailerError | null, result?: T) => void) => void): Promise<T | undefined> =>
    Promise.race([
      lost,
      new Promise<T | undefined>((resolve, reject) => take((error, result) => (error ? reject(error) : resolve(result)))),
    ])

  await step((done) => connection.connect(done))
  if (auth !== undefined) await step((done) => connection.login({ user: auth.user, pass: auth.pass }, done))
  const envelope = { from, to: [...recipients], size: bytes.length }
  const info = await step<SMTPConnectionSendInfo>((done) => connection.send(envelope, body, done))
  if (info === undefined) throw new Error('the client answered nothing')
  return info
}
