import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { bundledChild } from './bundled-children.ts'
import { compiledOnce } from '../compiled-once.ts'

/** A process of a test's own that says one thing a line, and is killed without a word. */
export class Child {
  /** Modules that children run first, from now on; and what becomes of what they say of their errors. */
  static importing: readonly string[] = []
  static errors: 'inherit' | 'ignore' = 'inherit'
  /** What children run under, from now on: a command that takes theirs as its last arguments. */
  static under: readonly string[] = []
  readonly #process: ChildProcessByStdio<null, Readable, null>
  readonly #lines: AsyncIterator<string>

  /** `name` is a file of `children/`. */
  constructor(name: string, ...given: string[]) {
    // Modules that it runs first change its sources: a bundle would not see it.
    const file = Child.importing.length > 0 ? new URL(`./children/${name}`, import.meta.url).pathname : bundledChild(name)
    // As it starts it makes much that lasts: with room for it, nothing is moved about.
    const node = [process.execPath, '--min-semi-space-size=16', ...Child.importing.flatMap((module) => ['--import', module]), file, ...given]
    const [command = process.execPath, ...args] = [...Child.under, ...node]
    this.#process = spawn(command, args, { stdio: ['ignore', 'pipe', Child.errors], env: compiledOnce })
    this.#lines = createInterface(this.#process.stdout)[Symbol.asyncIterator]()
  }

  get pid(): number | undefined {
    return this.#process.pid
  }

  /** The next line that it says; undefined once it has ended. */
  async says(): Promise<string | undefined> {
    const { done, value } = await this.#lines.next()
    return done === true ? undefined : value
  }

  /** SIGKILL. Answers what it had said before and nobody heard. */
  async kill(): Promise<string[]> {
    this.#process.kill('SIGKILL')
    return this.rest()
  }

  /** What it says until it ends. */
  async rest(): Promise<string[]> {
    const heard: string[] = []
    for (let line = await this.says(); line !== undefined; line = await this.says()) heard.push(line)
    if (this.#process.exitCode === null && this.#process.signalCode === null) await once(this.#process, 'exit')
    return heard
  }

  get exitCode(): number | null {
    return this.#process.exitCode
  }

  get signal(): NodeJS.Signals | null {
    return this.#process.signalCode
  }
}
