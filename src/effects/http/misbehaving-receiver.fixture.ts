/** An HTTP server on loopback for tests: it keeps what it was asked, and misbehaves as it is told to. */
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { text } from 'node:stream/consumers'

export interface Asked {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** What is answered: `asked` is there once the request has come whole. */
export type Behaviour = (asked: Asked, answer: ServerResponse, socket: Socket) => void

export interface Receiver extends AsyncDisposable {
  /** Without a slash at its end. */
  readonly url: string
  readonly port: number
  /** Every request that came whole, in the order in which it did. */
  readonly asked: readonly Asked[]
  /** Resolves with the next one. */
  next(): Promise<Asked>
  /** Resolves once no connection is open any more. */
  left(): Promise<void>
}

export async function receiver(behave: Behaviour): Promise<Receiver> {
  const asked: Asked[] = []
  const sockets = new Set<Socket>()
  const waiting = new Set<(asked: Asked) => void>()
  const leaving = new Set<() => void>()

  const hear = async (request: IncomingMessage, answer: ServerResponse): Promise<void> => {
    const { method = '', url = '', headers, socket } = request
    const heard = { method, path: url, headers, body: await text(request) }
    asked.push(heard)
    for (const resolve of waiting) resolve(heard)
    waiting.clear()
    behave(heard, answer, socket)
  }
  const server = createServer((request, answer) => {
    // A request that is cut off is no request.
    hear(request, answer).catch(() => undefined)
  })
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.once('close', () => {
      sockets.delete(socket)
      if (sockets.size === 0) for (const resolve of leaving) resolve()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server does not listen on a port')
  const { port } = address

  return {
    url: `http://127.0.0.1:${port}`,
    port,
    asked,
    next: () => new Promise((resolve) => waiting.add(resolve)),
    left: () => (sockets.size === 0 ? Promise.resolve() : new Promise((resolve) => leaving.add(resolve))),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Answers with JSON. */
export function json(value: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Behaviour {
  return (_asked, answer) => answer.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value))
}

/** One behaviour after the other; the last stays. */
export function inTurn(...behaviours: readonly [Behaviour, ...Behaviour[]]): Behaviour {
  let turn = 0
  return (...given) => {
    const behave = behaviours[Math.min(turn, behaviours.length - 1)] ?? behaviours[0]
    turn += 1
    behave(...given)
  }
}
