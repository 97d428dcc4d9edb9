/** An SMTP server on loopback for tests: it keeps what it was given, and misbehaves where it is told to. */
import type { AddressInfo, Socket } from 'node:net'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server'
import { SmtpSettings } from './settings.ts'

export type Stage = 'connect' | 'mail' | 'recipient' | 'data'

/** A reply code, a connection that is dropped, or silence. */
export type Fault = number | 'drop' | 'hang'

export interface Faults {
  readonly at: Stage
  readonly fault: Fault
  /** Only this recipient is refused. */
  readonly only?: string
}

/** What goes wrong at a stage, asked each time that one is reached; of a recipient from when there is one. */
export type FaultAt = (stage: Stage, recipient: string | undefined) => Fault | null

export interface MisbehavingServer extends AsyncDisposable {
  readonly settings: SmtpSettings
  /** Every message whose text arrived whole, whatever was answered. */
  readonly received: readonly { readonly to: readonly string[]; readonly text: string }[]
  /** Resolves once the server has reached that stage. */
  reached(stage: Stage): Promise<void>
}

export async function misbehavingServer(
  faults: Faults | FaultAt | null = null,
  options: SMTPServerOptions = {},
): Promise<MisbehavingServer> {
  const received: { to: string[]; text: string }[] = []
  const sockets = new Map<number | undefined, Socket>()
  const faultAt = typeof faults === 'function' ? faults : always(faults)
  const stages = {
    connect: Promise.withResolvers<void>(),
    mail: Promise.withResolvers<void>(),
    recipient: Promise.withResolvers<void>(),
    data: Promise.withResolvers<void>(),
  }

  const answer = (stage: Stage, session: SMTPServerSession, callback: (error?: Error | null) => void, recipient?: string): void => {
    stages[stage].resolve()
    const fault = faultAt(stage, recipient)
    if (fault === null) return callback()
    if (fault === 'hang') return
    if (fault === 'drop') sockets.get(session.remotePort)?.destroy()
    else callback(Object.assign(new Error('as the test wants it'), { responseCode: fault }))
  }

  const server = new SMTPServer({
    authOptional: true,
    hideSTARTTLS: true,
    closeTimeout: 0,
    onConnect: (session, callback) => answer('connect', session, callback),
    onMailFrom: (_address, session, callback) => answer('mail', session, callback),
    onRcptTo: ({ address }, session, callback) => answer('recipient', session, callback, address),
    onData(stream, session, callback) {
      const keep = (all: string): void => {
        const to = session.envelope.rcptTo.map(({ address }) => address)
        received.push({ to, text: all })
        answer('data', session, callback, to[0])
      }
      text(stream).then(keep, callback)
    },
    ...options,
  })
  server.on('error', () => undefined)
  server.server.on('connection', (socket: Socket) => {
    const { remotePort } = socket
    sockets.set(remotePort, socket)
    socket.once('close', () => sockets.delete(remotePort))
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = addressOf(server)

  return {
    settings: SmtpSettings.parse({ host: '127.0.0.1', port, from: 'Cairn <cairn@example.org>' }),
    received,
    reached: (stage) => stages[stage].promise,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets.values()) socket.destroy()
      await new Promise<void>((resolve) => server.close(resolve))
    },
  }
}

function always(faults: Faults | null): FaultAt {
  return (stage, recipient) => {
    const applies = faults?.at === stage && (faults.only === undefined || faults.only === recipient)
    return applies ? faults.fault : null
  }
}

function addressOf({ server }: SMTPServer): AddressInfo {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server does not listen on a port')
  return address
}
