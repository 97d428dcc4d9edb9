import { connect } from 'node:net'
import { WebSocket } from 'ws'
import { createClient, type Client } from './client.ts'
import { Disconnected, Unanswered } from './line.ts'
import type { Backoff } from './resume.ts'
import type { OpenWire } from './wire.ts'

/**
 * A client of a host's socket or named pipe, for programs of the same user. A call rejects with Unanswered where a host is there that
 * does not answer a connection for so many seconds; left out, it is waited for.
 */
export function connectSocket(path: string, backoff?: Backoff, seconds?: number): Client {
  return createClient(socketWire(path, seconds), backoff)
}

/** A connection to a socket or named pipe. */
export function socketWire(path: string, seconds?: number): OpenWire {
  return (hears) => {
    const socket = new WebSocket('ws://localhost/rpc', 'cairn.v1', { createConnection: () => connect(path) })
    const patience = new Patience(seconds, () => socket.terminate())
    const opened = new Promise<void>((resolve, reject) => {
      socket.on('open', () => {
        patience.end()
        resolve()
      })
      socket.on('close', () => {
        patience.end()
        reject(patience.isOver ? new Unanswered(`the host at ${path} does not answer`) : new Disconnected(`no host answers at ${path}`))
        hears.closed()
      })
    })
    // The close event follows every error; unheard, an error would end the process.
    socket.on('error', () => {})
    socket.on('message', (data) => {
      if (Buffer.isBuffer(data)) hears.message(data.toString('utf8'))
    })
    return { opened, send: (message) => socket.send(message), close: () => socket.close() }
  }
}

/** Whatever work a host has, it answers a connection at once. Seconds in which this process itself did not run do not count. */
class Patience {
  readonly #timer: NodeJS.Timeout | undefined
  isOver = false

  constructor(seconds: number | undefined, over: () => void) {
    if (seconds === undefined) return
    let left = seconds
    this.#timer = setInterval(() => {
      left -= 1
      if (left > 0) return
      this.isOver = true
      this.end()
      over()
    }, 1_000)
  }

  end(): void {
    clearInterval(this.#timer)
  }
}
