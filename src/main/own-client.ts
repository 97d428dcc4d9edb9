import { MessageChannelMain, type MessagePortMain } from 'electron'
import type { Client } from '../client/client.ts'
import { connectPort, type PagePort } from '../client/port.ts'
import type { Supervisor } from './supervisor.ts'

/** A client of main's own: it asks the host over a port, as a page does. */
export function ownClient(supervisor: Pick<Supervisor<MessagePortMain>, 'connect'>): Client {
  return connectPort(() => {
    const { port1, port2 } = new MessageChannelMain()
    supervisor.connect(port2)
    return Promise.resolve(asPage(port1))
  })
}

function asPage(port: MessagePortMain): PagePort {
  return {
    addEventListener(type: 'message' | 'close', hear: (event: { readonly data: unknown }) => void) {
      if (type === 'message') port.on('message', hear)
      else port.on('close', () => hear({ data: undefined }))
    },
    postMessage: (message) => port.postMessage(message),
    start: () => port.start(),
    close: () => port.close(),
  }
}
