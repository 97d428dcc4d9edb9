import { type MessagePortMain, utilityProcess } from 'electron'
import { FromHost } from '../contract/desktop/host.ts'
import { hostFile } from './places.ts'
import type { HostHears, HostProcess } from './supervisor.ts'

/** As `scripts/runtime.mjs` says of every program that holds a store. */
const small = ['--max-semi-space-size=8']

/** Starts the host as a utility process: nothing of what it does can hold up a window. */
export function startHostProcess(hears: HostHears): HostProcess<MessagePortMain> {
  const child = utilityProcess.fork(hostFile, [], { serviceName: 'Cairn host', stdio: 'inherit', execArgv: small })
  let exited = false
  child.on('message', (data: unknown) => hears.said(FromHost.parse(data)))
  child.once('exit', (code) => {
    exited = true
    hears.exited(code)
  })
  return {
    tell(message, ports = []) {
      if (exited) for (const port of ports) port.close()
      else child.postMessage(message, ports)
    },
    kill() {
      if (exited) return
      if (child.pid === undefined) child.kill()
      else process.kill(child.pid, 'SIGKILL')
    },
  }
}
