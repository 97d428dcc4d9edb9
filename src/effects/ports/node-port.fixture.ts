/** For tests: Node's own message ports in the shape of those that the desktop has. */
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import type { Port } from './port.ts'

export interface Ends {
  /** The end that the process under test has. */
  readonly near: Port
  /** The other one, as Node or a page has it. */
  readonly far: MessagePort
}

export function channel(): Ends {
  const { port1, port2 } = new MessageChannel()
  return { near: portOf(port1), far: port2 }
}

function portOf(port: MessagePort): Port {
  return {
    on(event: 'message' | 'close', hear: (event: { data: unknown; ports: readonly Port[] }) => void) {
      if (event === 'message') port.on('message', (data: unknown) => hear({ data, ports: [] }))
      else port.on('close', () => hear({ data: undefined, ports: [] }))
    },
    postMessage: (message) => port.postMessage(message),
    start: () => port.start(),
    close: () => port.close(),
  }
}
