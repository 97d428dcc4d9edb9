import { portProtocol } from '../contract/desktop/page.ts'
import { createClient, type Client } from './client.ts'
import { Disconnected } from './line.ts'
import type { OpenWire } from './wire.ts'

/** A message port as pages and Node have it. */
export interface PagePort {
  addEventListener(type: 'message', hear: (event: { readonly data: unknown }) => void): void
  /** The other end is gone. */
  addEventListener(type: 'close', hear: () => void): void
  postMessage(message: string | true): void
  start(): void
  close(): void
}

/** A client over message ports: `open` gives one, whose other end a host is to have. */
export function connectPort(open: () => Promise<PagePort>): Client {
  return createClient(portWire(open))
}

/** The host names the protocol first. Each text is answered with `true` when it has been taken, on both sides. */
function portWire(open: () => Promise<PagePort>): OpenWire {
  return (hears) => {
    const opened = Promise.withResolvers<void>()
    let present: PagePort | undefined
    let isOver = false
    open().then(begin, end)
    return {
      opened: opened.promise,
      send(message) {
        if (typeof message !== 'string') throw new TypeError('messages of this protocol are text')
        present?.postMessage(message)
      },
      close() {
        present?.close()
        end()
      },
    }

    function begin(port: PagePort): void {
      if (isOver) return port.close()
      present = port
      port.addEventListener('close', end)
      port.addEventListener('message', ({ data }) => {
        if (typeof data !== 'string' || isOver) return
        port.postMessage(true)
        if (data === portProtocol) opened.resolve()
        else hears.message(data)
      })
      port.start()
    }

    function end(): void {
      if (isOver) return
      isOver = true
      opened.reject(new Disconnected('the host has closed the port, or never had it'))
      hears.closed()
    }
  }
}
