import { once } from 'node:events'
import { SMTPServer } from 'smtp-server'
import { boundPort } from './bound-port.ts'
import type { CaughtMail } from './caught-mail.ts'
import { isDisconnect } from './disconnect.ts'
import { MailRefused } from './mail-errors.ts'
import type { MailFolder } from './mail-folder.ts'

export interface SmtpReceiver {
  readonly port: number
  /** Waits for messages that are being kept; cuts off what is still being sent. */
  close(): Promise<void>
}

export interface SmtpReceiverOptions {
  readonly folder: MailFolder
  /** 0 takes a free one. */
  readonly port: number
  readonly maxSize: number
  readonly received: (mail: CaughtMail) => void
  readonly troubled: (what: string, error: unknown) => void
}

const maxClients = 100
const maxRecipients = 1_000
/** Milliseconds that open connections get to end by themselves once the server closes. */
const closeTimeout = 500

/** Takes mail from programs of this machine, from anybody for anybody, and answers 250 once it is kept. */
export async function startSmtpReceiver(options: SmtpReceiverOptions): Promise<SmtpReceiver> {
  const { folder, port, maxSize, received, troubled } = options
  const arriving = new Set<Promise<void>>()

  const server = new SMTPServer({
    name: 'localhost',
    banner: 'Cairn mail catcher',
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    size: maxSize,
    maxClients,
    maxRecipients,
    closeTimeout,
    onData(stream, session, callback) {
      const { mailFrom, rcptTo } = session.envelope
      const envelope = { from: mailFrom === false ? '' : mailFrom.address, to: rcptTo.map(({ address }) => address) }
      const work = folder.add(envelope, stream).then(
        (mail) => {
          received(mail)
          callback(null, `kept as ${mail.id}`)
        },
        (error: unknown) => callback(replyTo(error)),
      )
      arriving.add(work)
      void work.finally(() => arriving.delete(work))
    },
  })

  function replyTo(error: unknown): Error {
    if (error instanceof MailRefused) return error
    if (!isDisconnect(error)) troubled('a message could not be kept', error)
    return new MailRefused(451, 'the message could not be kept: see the log of the host, then send it again')
  }

  server.on('error', (error) => {
    // While it does not listen yet, the rejection below says it.
    if (server.server.listening && !isDisconnect(error)) troubled('the mail catcher lost a connection', error)
  })
  server.listen(port, '127.0.0.1')
  await once(server.server, 'listening')

  return {
    port: boundPort(server.server),
    async close() {
      await new Promise<void>((resolve) => {
        server.close(resolve)
      })
      await Promise.all(arriving)
    },
  }
}
