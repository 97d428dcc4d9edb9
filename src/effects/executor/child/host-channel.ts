import { type ParentPort, parentPort, type Port } from '../../ports/port.ts'
import { leaveSignalsToMain } from '../../ports/signals.ts'
import { type Channel, pipeChannel, portChannel } from './channel.ts'
import { dieWithChannel, dieWithHost } from './lifeline.ts'

/**
 * The way to the host, whose end is the end of this process: a port where the desktop's main has started it, and hands
 * one over once it is told that somebody listens; otherwise the pipes of a headless host.
 */
export async function channelToHost(): Promise<Channel> {
  const parent = parentPort()
  if (parent === undefined) {
    const channel = pipeChannel()
    dieWithHost(channel)
    return channel
  }
  leaveSignalsToMain()
  const channel = portChannel(await portFrom(parent))
  dieWithChannel(channel)
  return channel
}

function portFrom(parent: ParentPort): Promise<Port> {
  return new Promise((resolve) => {
    parent.on('message', ({ ports: [port] }) => {
      if (port !== undefined) resolve(port)
    })
    parent.postMessage('listens')
  })
}
