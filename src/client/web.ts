import { createClient, type Client } from './client.ts'
import { Disconnected } from './line.ts'
import type { OpenWire, Wire } from './wire.ts'

/**
 * A client of a host's loopback port, for browsers and Node alike. The token goes as a subprotocol: a browser cannot
 * set headers here, and a URL would be kept in histories and logs.
 */
export function connectWeb(url: string, token: string): Client {
  const address = new URL('/rpc', url)
  address.protocol = 'ws:'
  return createClient(webWire(address, token))
}

function webWire(address: URL, token: string): OpenWire {
  return (hears) => {
    const socket = new WebSocket(address, ['cairn.v1', `cairn.token.${token}`])
    const opened = new Promise<void>((resolve, reject) => {
      socket.addEventListener('open', () => resolve())
      socket.addEventListener('close', () => {
        reject(new Disconnected(`no host answers at ${address.host}`))
        hears.closed()
      })
    })
    socket.addEventListener('message', (event) => hears.message(String(event.data)))
    return { opened, send, close: () => socket.close() }

    function send(message: Parameters<Wire['send']>[0]): void {
      if (typeof message !== 'string') throw new TypeError('messages of this protocol are text')
      socket.send(message)
    }
  }
}
