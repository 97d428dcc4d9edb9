/**
 * Sends one request, over a connection of its own.
 *
 * Invariants:
 * 1. No byte of the request leaves before `begin` has resolved, and `begin` is called only once the connection stands, TLS
 *    included. Whatever fails before that throws NotSent: the receiver has certainly done nothing.
 * 2. After that only the receiver's answer says what it did. Without one it is not known.
 *
 * It reads no proxy and no credentials from the environment. `fetch` would not do: it connects and sends in one, and gives up
 * by itself after five minutes.
 */
import { type ClientRequest, type IncomingMessage, request as overTcp } from 'node:http'
import { request as overTls } from 'node:https'
import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import type { WireRequest } from './compose.ts'

export interface SendOptions {
  /** Closes the connection, wherever it stands. */
  readonly signal: AbortSignal
  /** The outside world is about to be touched: the request is sent once this resolves, not where it rejects. */
  readonly begin: () => Promise<void>
}

/** The request was not sent; `cause` is why. */
export class NotSent extends Error {
  override readonly name = 'NotSent'
}

/** Resolves with the head of the answer. @throws NotSent, or why no answer came */
export async function send({ method, url, headers, body }: WireRequest, { signal, begin }: SendOptions): Promise<IncomingMessage> {
  const connect = url.protocol === 'https:' ? overTls : overTcp
  const outgoing = connect(url, { method, headers: Object.fromEntries(headers), agent: false, signal })
  const answer = new Promise<IncomingMessage>((resolve, reject) => {
    outgoing.once('response', resolve)
    // Stays: an error that comes later is nobody's.
    outgoing.on('error', reject)
  })
  answer.catch(() => undefined)
  try {
    await Promise.race([connected(outgoing), answer])
    await begin()
    // It may have been closed meanwhile.
    if (outgoing.destroyed) await answer
  } catch (cause) {
    outgoing.destroy()
    throw new NotSent('nothing was sent', { cause })
  }
  outgoing.end(body)
  return answer
}

function connected(outgoing: ClientRequest): Promise<void> {
  return new Promise((resolve) => {
    outgoing.once('socket', (socket: Socket) => {
      socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', resolve)
    })
  })
}
