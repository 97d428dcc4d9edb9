/**
 * An executor does not outlive its host, whatever its handlers are doing. The channel's end is seen on the event loop;
 * a handler that never gives that back is why a thread of its own watches a pipe, whose other end only the host holds.
 */
import { Worker } from 'node:worker_threads'
import type { Channel } from './channel.ts'

const lifelinePipe = 4

const watch = `
  const die = ${die.toString()}
  const { Socket } = require('node:net')
  new Socket({ fd: ${lifelinePipe}, writable: false }).on('error', () => {}).on('close', die).resume()
`

export function dieWithHost(channel: Channel): void {
  dieWithChannel(channel)
  new Worker(watch, { eval: true }).unref()
}

/** Where whoever started the process ends it from outside, whatever its handlers are doing. */
export function dieWithChannel(channel: Channel): void {
  channel.closed(die)
}

/** The whole group goes: programs that a handler has started have effects too. Stands alone, since the thread runs its text. */
function die(): void {
  try {
    process.kill(-process.pid, 'SIGKILL')
  } catch {
    process.kill(process.pid, 'SIGKILL')
  }
}
