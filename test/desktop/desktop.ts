/** The desktop as a person has it: the programs as they were built, each in a process of its own. */
import { once } from 'node:events'
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from 'playwright-core'
import { expect, onTestFinished } from 'vitest'
import type { Client } from '../../src/client/client.ts'
import { connectSocket } from '../../src/client/socket.ts'
import { type HostFile, readHostFile } from '../../src/host/workspace/host-file.ts'
import { layoutOf } from '../../src/host/workspace/layout.ts'
import { root } from '../house/checkout.ts'
import { scratchFolder } from '../integration/workspaces.ts'
import { loseWhatIsSentToTheDead } from './dead-letters.ts'

export interface Desktop {
  readonly app: ElectronApplication
  readonly page: Page
  /** What the host that runs now says of itself; polled for, since it is written by another process. */
  host(isIt?: (host: HostFile) => boolean): Promise<HostFile>
  /** A client of the workspace's socket, as the command line is one. */
  client(): Promise<Client>
  /** Starts the program once more, as somebody does who does not see its window; resolves with its exit code. */
  startAgain(...args: string[]): Promise<number>
}

export async function openDesktop(workspace: string, ...args: string[]): Promise<Desktop> {
  const profile = join(scratchFolder(), 'profile')
  const own = [root, `--user-data-dir=${profile}`]
  const env = Object.fromEntries(Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])))
  const app = await _electron.launch({ args: [...own, '--workspace', workspace, ...args], cwd: root, env, timeout: 60_000 })
  onTestFinished(() => app.close())
  await loseWhatIsSentToTheDead(app)
  const page = await app.firstWindow()
  page.setDefaultTimeout(30_000)

  async function host(isIt: (host: HostFile) => boolean = () => true): Promise<HostFile> {
    let found: HostFile | undefined
    await expect
      .poll(() => {
        found = readHostFile(layoutOf(workspace).hostFile)
        return found !== undefined && isIt(found)
      })
      .toBe(true)
    if (found === undefined) throw new Error('the host has written nothing of itself')
    return found
  }

  return {
    app,
    page,
    host,
    async client() {
      const client = connectSocket((await host()).socket)
      onTestFinished(() => client.close())
      return client
    },
    async startAgain(...more) {
      const child = spawn(app.process().spawnfile, ['--no-sandbox', ...own, ...more], { cwd: root, stdio: 'inherit' })
      onTestFinished(() => void child.kill('SIGKILL'))
      const [code] = await once(child, 'exit')
      return Number(code)
    },
  }
}
