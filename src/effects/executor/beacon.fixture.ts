/** For tests: tells when a process is gone. The process holds a connection here, which its death closes. */
import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'

export interface Beacon extends AsyncDisposable {
  readonly port: number
  /** How many have come and not gone. */
  readonly here: number
  /** Resolves once `count` processes in all have come. */
  lit(count: number): Promise<void>
  /** Resolves once each that came has gone. */
  out(): Promise<void>
}

/** Code that lights the beacon, in a function that may await. */
export const light = (port: number): string =>
  `await new Promise((resolve) => require('node:net').connect(${port}, '127.0.0.1', resolve))`

export async function beacon(): Promise<Beacon> {
  const gone: Promise<unknown>[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    // The kernel of the one that dies resets the connection, or ends it: both are its death.
    socket.on('error', () => undefined).resume()
    gone.push(once(socket, 'close').then(() => sockets.delete(socket)))
    server.emit('lit')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the beacon does not listen on a port')

  return {
    port: address.port,
    get here() {
      return sockets.size
    },
    lit: async (count) => {
      while (gone.length < count) await once(server, 'lit')
    },
    out: async () => {
      await Promise.all(gone)
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
