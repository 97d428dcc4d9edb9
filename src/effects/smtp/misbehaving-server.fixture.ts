/** An SMTP server on loopback for tests: it keeps what it was given, and misbehaves where it is told to. */
import type { AddressInfo, Socket } from 'node:net'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { SmtpSettings } from './settings.ts'

type Stage = 'connect' | 'mail' | 'recipient' | 'data'

/** A reply code, a connection that is dropped, or silence. */
export type Fault = number | 'drop' | 'hang'

export interface Faults {
  readonly at: Stage
  readonly fault: Fault
  /** Only this recipient is refused. */
  readonly only?: string
}

export interface MisbehavingServer extends AsyncDisposable {
  readonly settings: SmtpSettings
  /** Every message whose text arrived whole, whatever was answered. */
  readonly received: readonly { readonly to: readonly string[]; readonly text: string }[]
  /** Resolves once the server has reached that stage. */
  reached(stage: Stage): Promise<void>
}

export async function misbehavingServer(
  faults: Faults | null = null,
  options: SMTPServerOptions = {},
): Promise<MisbehavingServer> {
  const received: { to: string[]; text: string }[] = []
  const sockets = new Set<Socket>()
  const stages = {
    connect: Promise.withResolvers<void>(),
    mail: Promise.withResolvers<void>(),
    recipient: Promise.withResolvers<void>(),
    data: Promise.withResolvers<void>(),
  }

  const answer = (stage: Stage, callback: (error?: Error | null) => void, recipient?: string): void => {
    stages[stage].resolve()
    const applies = faults?.at === stage && (faults.only === undefined || faults.only === recipient)
    if (!applies) return callback()
    if (faults.fault === 'hang') return
    if (faults.fault === 'drop') for (const socket of sockets) socket.destroy()
    else callback(Object.assign(new Error('as the test wants it'), { responseCode: faults.fault }))
  }

  const server = new SMTPServer({
    authOptional: true,
    hideSTARTTLS: true,
    closeTimeout: 0,
    onConnect: (_session, callback) => answer('connect', callback),
    onMailFrom: (_address, _session, callback) => answer('mail', callback),
    onRcptTo: ({ address }, _session, callback) => answer('recipient', callback, address),
    onData(stream, session, callback) {
      const keep = (all: string): void => {
        received.push({ to: session.envelope.rcptTo.map(({ address }) => address), text: all })
        answer('data', callback)
      }
      text(stream).then(keep, callback)
    },
    ...options,
  })
  server.on('error', () => undefined)
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = addressOf(server)

  return {
    settings: SmtpSettings.parse({ host: '127.0.0.1', port, from: 'Cairn <cairn@example.org>' }),
    received,
    reached: (stage) => stages[stage].promise,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => server.close(resolve))
    },
  }
}

function addressOf({ server }: SMTPServer): AddressInfo {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server does not listen on a port')
  return address
}
