import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { pipeline } from 'node:stream/promises'
import { boundPort } from './bound-port.ts'
import { isDisconnect } from './disconnect.ts'
import { type Maildrop, pop3Session } from './pop3-session.ts'

export interface Pop3Server {
  readonly port: number
  close(): Promise<void>
}

export interface Pop3ServerOptions {
  readonly drop: Maildrop
  /** 0 takes a free one. */
  readonly port: number
  readonly troubled: (what: string, error: unknown) => void
}

const maxConnections = 16
/** Octets of a command (RFC 2449, 4). */
const maxLine = 255
/** RFC 1939, 3: at least ten minutes. */
const idleMillis = 10 * 60_000

/** Lets mail programs of this machine read what the catcher has kept. */
export async function startPop3Server({ drop, port, troubled }: Pop3ServerOptions): Promise<Pop3Server> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.setTimeout(idleMillis, () => socket.destroy())
    // What happens to a socket once its session is over concerns nobody.
    socket.on('error', () => undefined)
    pipeline(replies(socket, drop), socket)
      .catch((error: unknown) => {
        if (!isDisconnect(error)) troubled('a POP3 session failed', error)
      })
      .finally(() => socket.destroySoon())
  })
  server.on('error', (error) => {
    // While it does not listen yet, the rejection below says it.
    if (server.listening) troubled('the POP3 server lost a connection', error)
  })
  server.maxConnections = maxConnections
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')

  return {
    port: boundPort(server),
    async close() {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

/** What goes to the client, each reply once its line has come. */
async function* replies(socket: Socket, drop: Maildrop): AsyncGenerator<Uint8Array> {
  const answer = pop3Session(drop)
  yield Buffer.from('+OK Cairn mail catcher\r\n')
  for await (const line of linesOf(socket)) {
    if (line.length > maxLine) {
      yield Buffer.from(`-ERR a command has ${maxLine} octets at most\r\n`)
      return
    }
    const { bytes, last } = await answer(line)
    yield bytes
    if (last) return
  }
}

/** Lines without their ends. A line that grows over the limit is given as far as it has come. */
async function* linesOf(socket: Socket): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    const lines = (rest + Buffer.from(chunk).toString('latin1')).split(/\r?\n/)
    rest = lines.pop() ?? ''
    yield* lines
    if (rest.length > maxLine) yield rest
  }
}
