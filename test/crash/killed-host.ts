/** A host in a process of its own, as `npm start` starts it, to be killed like any process. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Client } from '../../src/client/client.ts'
import { connectSocket } from '../../src/client/socket.ts'
import { programFolder } from '../../src/host/program.ts'
import { readHostFile } from '../../src/host/workspace/host-file.ts'
import { layoutOf } from '../../src/host/workspace/layout.ts'
import { bundledEntry } from '../bundled-program.ts'
import { compiledOnce } from '../compiled-once.ts'

/** What a host is started from: its sources as they are now, or what was built of them, as `npm start` starts it. */
export type Program = 'sources' | 'built'

const built = join(programFolder, 'out', 'main')
const programs: Readonly<Record<Program, () => { readonly args: readonly string[]; readonly env: NodeJS.ProcessEnv }>> = {
  sources: () => ({ args: [bundledEntry('headless')], env: compiledOnce }),
  built: () => ({ args: ['--max-semi-space-size=8', join(built, 'headless.js')], env: { ...process.env, NODE_COMPILE_CACHE: join(built, 'compiled') } }),
}

function begin(workspace: string, program: Program, imports: readonly string[]) {
  const { args, env } = programs[program]()
  const { CAIRN_SETTINGS } = process.env
  const first = imports.flatMap((module) => ['--import', module])
  return spawn(process.execPath, [...first, ...args, '--workspace', workspace, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...env, CAIRN_SETTINGS },
  })
}

export class HostProcess {
  readonly client: Client
  readonly #child: ChildProcess

  private constructor(child: ChildProcess, client: Client) {
    this.#child = child
    this.client = client
  }

  /** Resolves once it says that it runs. `imports` are modules that it runs first. */
  static async start(workspace: string, program: Program = 'sources', imports: readonly string[] = []): Promise<HostProcess> {
    const child = begin(workspace, program, imports)
    const said: string[] = []
    child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text))
    for await (const line of createInterface({ input: child.stdout })) {
      said.push(line)
      if (!line.includes('is running')) continue
      // What else it prints is read and let go, so that it never waits for a reader.
      child.stdout.resume()
      const file = readHostFile(layoutOf(workspace).hostFile)
      if (file === undefined) break
      return new HostProcess(child, connectSocket(file.socket))
    }
    child.kill('SIGKILL')
    throw new Error(`the host did not start: ${said.join('\n')}`)
  }

  /** Starts one that is to die by itself, however far it comes; resolves with the signal by which it did. */
  static async toItsEnd(workspace: string, imports: readonly string[]): Promise<NodeJS.Signals | null> {
    const child = begin(workspace, 'sources', imports)
    child.stdout.resume()
    child.stderr.resume()
    await once(child, 'exit')
    return child.signalCode
  }

  /** Resolves with the signal by which it has died by itself. */
  async end(): Promise<NodeJS.Signals | null> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, 'exit')
    this.client.close()
    return this.#child.signalCode
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  async kill(): Promise<void> {
    this.client.close()
    const ended = once(this.#child, 'exit')
    this.#child.kill('SIGKILL')
    await ended
  }

  async stop(): Promise<number> {
    this.client.close()
    const ended = once(this.#child, 'exit')
    this.#child.kill('SIGTERM')
    const [code] = await ended
    return Number(code)
  }
}
