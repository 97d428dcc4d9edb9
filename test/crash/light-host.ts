/** Hosts that work and are killed, one after the other in one workspace, and what is known of them outside of it. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Child } from '../conformance/child.ts'
import { ScratchStore } from '../conformance/scratch-store.ts'

export interface Given {
  /** How many runs it keeps at work; with none it finishes what is there. */
  readonly runs: number
  readonly point?: string
  readonly nth?: number
}

export class LightHosts {
  readonly scratch = new ScratchStore()
  readonly #ledger = join(this.scratch.workspace, 'ledger')
  /** Runs that were promised, and keys of steps of which it was told that they completed; by the host that said so. */
  readonly started = new Set<string>()
  readonly done = new Map<string, number>()
  /** How many of the hosts opened the store. */
  opened = 0
  #hosts = 0

  constructor() {
    writeFileSync(this.#ledger, '')
  }

  /** Starts a host. Answers it once it says something more than its number. */
  async start({ runs, point = '', nth = 1 }: Given): Promise<Child> {
    this.#hosts += 1
    const child = new Child('working.ts', this.scratch.workspace, this.#ledger, String(this.#hosts), String(runs), point, String(nth))
    for (let line = await child.says(); line !== undefined; line = await child.says()) {
      this.hear(line)
      if (!line.startsWith('host ')) break
    }
    return child
  }

  hear(line: string): void {
    const [what, key = ''] = line.split(' ')
    if (what === 'host') this.opened += 1
    if (what === 'started') this.started.add(key)
    if (what === 'done') this.done.set(key, this.#hosts)
  }

  /** Hears what a host says until it ends. */
  async rest(child: Child): Promise<string[]> {
    const said = await child.rest()
    for (const line of said) this.hear(line)
    return said
  }

  async kill(child: Child): Promise<void> {
    for (const line of await child.kill()) this.hear(line)
  }

  /** Lines of the ledger: the host, what, and the key. */
  ledger(): readonly (readonly [host: number, what: string, key: string])[] {
    const lines = readFileSync(this.#ledger, 'utf8').split('\n').filter((line) => line !== '')
    return lines.map((line) => {
      const [host = '', what = '', key = ''] = line.split(' ')
      return [Number(host), what, key]
    })
  }
}
