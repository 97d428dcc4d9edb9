/** The desktop's host: main starts it as a utility process, says what to open, and starts for it what runs code. */
import { type FromHost, ToHost } from '../../contract/desktop/host.ts'
import { parentPort, type Port } from '../../effects/ports/port.ts'
import { leaveSignalsToMain } from '../../effects/ports/signals.ts'
import { exitCodeOfStart } from '../exit-codes.ts'
import { type Host, startHost } from '../start.ts'
import { StartRefused } from '../start-refused.ts'
import { workspaceAt } from '../workspace/workspace-at.ts'
import { ProcessesOfMain } from './processes-of-main.ts'

const parent = parentPort()
if (parent === undefined) throw new Error('this program is started by the desktop, as a utility process')
leaveSignalsToMain()
const tell = (message: FromHost): void => parent.postMessage(message)
const processes = new ProcessesOfMain(tell)
let opening: Promise<Host | undefined> = Promise.resolve(undefined)
let answered: (trust: boolean) => void = () => undefined

parent.on('message', ({ data, ports: [port] }) => {
  const message = ToHost.parse(data)
  switch (message.type) {
    case 'open':
      opening = open(message)
      return
    case 'answers':
      return answered(message.trust)
    case 'page':
      return void answer(port)
    case 'started':
    case 'printed':
    case 'exited':
      return processes.hear(message, port)
    case 'stop':
      return void stop()
  }
})
tell({ type: 'listens' })

/** Undefined where it cannot start as asked: main has been told why, and ends this process. */
async function open({ workspace: folder, port, trust }: Extract<ToHost, { type: 'open' }>): Promise<Host | undefined> {
  try {
    const workspace = await workspaceAt(folder ?? undefined, (line) => process.stdout.write(`${line}\n`))
    const host = await startHost({ workspace, port, role: 'serve', trusts: trust ? () => Promise.resolve(true) : ask, spawn: processes.spawn })
    tell({ type: 'serves', workspace: host.workspace, url: host.url })
    return host
  } catch (error) {
    if (!(error instanceof StartRefused)) throw error
    tell({ type: 'refuses', message: error.message, exitCode: exitCodeOfStart[error.trouble] })
    return undefined
  }
}

function ask(folder: string): Promise<boolean> {
  return new Promise((resolve) => {
    answered = resolve
    tell({ type: 'asks', folder })
  })
}

async function answer(page: Port | undefined): Promise<void> {
  if (page === undefined) return
  const host = await opening
  if (host === undefined) page.close()
  else host.answer(page)
}

async function stop(): Promise<void> {
  const host = await opening
  await host?.close()
  process.exit()
}
