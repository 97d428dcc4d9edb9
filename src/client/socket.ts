import { connect } from 'node:net'
import { WebSocket } from 'ws'
import { createClient, type Client } from './client.ts'
import { Disconnected } from './line.ts'
import type { Backoff } from './resume.ts'
import type { OpenWire } from './wire.ts'

/** A client of a host's socket or named pipe, for programs of the same user. */
export function connectSocket(path: string, backoff?: Backoff): Client {
  return createClient(socketWire(path), backoff)
}

/** A connection to a socket or named pipe. */
export function socketWire(path: string): OpenWire {
  return (hears) => {
    const socket = new WebSocket('ws://localhost/rpc', 'cairn.v1', { createConnection: () => connect(path) })
    const opened = new Promise<void>((resolve, reject) => {
      socket.on('open', resolve)
      socket.on('close', () => {
        reject(new Disconnected(`no host answers at ${path}`))
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
