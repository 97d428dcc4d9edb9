import { Socket } from 'node:net'
import type { Port } from '../../ports/port.ts'
import { TextPort } from '../../ports/text-port.ts'
import { Lines } from '../lines.ts'

/** The way to the host, whatever starts the process. */
export interface Channel {
  /** `sent` is called once the text has left this process, or cannot any more. */
  send(text: string, sent: () => void): void
  receive(hear: (text: string) => void): void
  /** Calls when the host is gone. */
  closed(call: () => void): void
}

/** The pipe by which a host and the process that it has spawned speak: a line for a message. */
const channelPipe = 3

export function pipeChannel(): Channel {
  const socket = new Socket({ fd: channelPipe, readable: true, writable: true })
  socket.setEncoding('utf8')
  // An error is followed by the end.
  socket.on('error', () => undefined)
  return {
    send: (text, sent) => socket.write(`${text}\n`, sent),
    receive: (hear) => {
      const lines = new Lines(Infinity)
      socket.on('data', (piece: string) => lines.push(piece).forEach(hear))
    },
    closed: (call) => socket.once('close', call),
  }
}

/** The same over a message port. A text has left once the host has taken it. */
export function portChannel(port: Port): Channel {
  let hear: (text: string) => void = () => undefined
  let close: () => void = () => undefined
  const texts = new TextPort(port, Infinity, { text: (text) => hear(text), closed: () => close() })
  return {
    send: (text, sent) => void texts.send(text).then(sent),
    receive: (call) => {
      hear = call
    },
    closed: (call) => {
      close = call
    },
  }
}
