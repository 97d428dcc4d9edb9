/** The desktop's host: main starts it as a utility process, says what to open, and starts for it what runs code. */
import { type FromHost, type KeyGiven, ToHost } from '../../contract/desktop/host.ts'
import { parentPort, type Port } from '../../effects/ports/port.ts'
import { leaveSignalsToMain } from '../../effects/ports/signals.ts'
import { bringBack } from '../offline-backup.ts'
import { encrypt } from '../encrypt.ts'
import { FileRefused } from '../file-refused.ts'
import { type LookHost, startLookHost } from '../look.ts'
import { refusalOf } from '../refusal.ts'
import { rotateKeyFrom } from '../rotate-key.ts'
import { type Host, startHost } from '../start.ts'
import { StartRefused } from '../start-refused.ts'
import type { KeySources } from '../workspace/key.ts'
import { usualWorkspace, workspaceAt } from '../workspace/workspace-at.ts'
import { ProcessesOfMain } from './processes-of-main.ts'

type Open = Extract<ToHost, { type: 'open' }>

const parent = parentPort()
if (parent === undefined) throw new Error('this program is started by the desktop, as a utility process')
leaveSignalsToMain()
const tell = (message: FromHost): void => parent.postMessage(message)
const processes = new ProcessesOfMain(tell)
let opening: Promise<Host | LookHost | undefined> = Promise.resolve(undefined)
let answered: (trust: boolean) => void = () => undefined
let keyCame: (key: KeyGiven) => void = () => undefined

parent.on('message', ({ data, ports: [port] }) => {
  const message = ToHost.parse(data)
  switch (message.type) {
    case 'open':
      opening = open(message)
      return
    case 'answers':
      return answered(message.trust)
    case 'key':
    case 'no_key':
      return keyCame(message)
    case 'page':
      return void answer(port)
    case 'started':
    case 'printed':
    case 'exited':
      return processes.hear(message, port)
    case 'ping':
      return tell({ type: 'pong' })
    case 'stop':
      return void stop()
  }
})
tell({ type: 'listens' })

/** Undefined where it cannot start as asked: main has been told why, and ends this process. */
async function open(wanted: Open): Promise<Host | LookHost | undefined> {
  const folder = wanted.workspace ?? undefined
  const workspace = wanted.looks ? usualWorkspace(folder) : await workspaceAt(folder, (line) => process.stdout.write(`${line}\n`))
  try {
    const host = await begin(workspace, wanted)
    tell({ type: 'serves', workspace: host.workspace, url: host.url })
    return host
  } catch (error) {
    const refused = error instanceof FileRefused ? new StartRefused('store', error.message, { cause: error }) : error
    if (!(refused instanceof StartRefused)) throw error
    tell({ type: 'refuses', refusal: await refusalOf(refused, workspace, wanted.looks) })
    return undefined
  }
}

async function begin(workspace: string, { port, trust, looks, bringBack: backup, keyFile, encrypts, rotates }: Open): Promise<Host | LookHost> {
  const keys: KeySources = { file: keyFile, keychain: askKey }
  if (looks) return startLookHost({ workspace, port, keys, troubled: (what, error) => process.stderr.write(`${what}: ${String(error)}\n`) })
  if (encrypts) await encrypt(workspace, keys)
  if (rotates !== null) await rotateKeyFrom(workspace, rotates, keys)
  if (backup !== null) await bringBack(workspace, backup, () => undefined, keys)
  return startHost({ workspace, port, role: 'serve', keys, trusts: trust ? () => Promise.resolve(true) : ask, spawn: processes.spawn })
}

function ask(folder: string): Promise<boolean> {
  return new Promise((resolve) => {
    answered = resolve
    tell({ type: 'asks', folder })
  })
}

/** Main holds the way to the system's keychain. */
function askKey(kept: string | null): Promise<KeyGiven> {
  return new Promise((resolve) => {
    keyCame = resolve
    tell({ type: 'wants_key', kept })
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
