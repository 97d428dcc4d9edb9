/** The processes that run workflow code, started for one host. They end with it. */
import { finished } from 'node:stream/promises'
import { MessageChannelMain, type MessagePortMain, utilityProcess, type UtilityProcess } from 'electron'
import type { FromHost } from '../contract/desktop/host.ts'
import { programFile } from './places.ts'
import type { Hands, Tell } from './supervisor.ts'

type Wanted = Extract<FromHost, { type: 'start' }>

/** How long what a dead process printed may take to arrive, in milliseconds. */
const lastWords = 1_000

export class Executors implements Hands {
  readonly #tell: Tell<MessagePortMain>
  readonly #running = new Map<number, UtilityProcess>()

  constructor(tell: Tell<MessagePortMain>) {
    this.#tell = tell
  }

  start({ process, program, memory, env }: Wanted): void {
    const child = utilityProcess.fork(programFile(program), [], {
      serviceName: `Cairn ${program}`,
      stdio: 'pipe',
      env,
      execArgv: [`--max-old-space-size=${Math.floor(memory / 2 ** 20)}`],
    })
    this.#running.set(process, child)
    const outputs = [child.stdout, child.stderr].filter((stream) => stream !== null)
    const printed = outputs.map((stream) => finished(stream).catch(() => undefined))
    for (const stream of outputs) {
      stream.setEncoding('utf8')
      stream.on('data', (text: string) => this.#tell({ type: 'printed', process, text }))
    }
    // It says once that it listens. What its code may say to us after that is none of our business.
    child.once('message', () => {
      const { pid } = child
      if (pid === undefined) return
      const { port1, port2 } = new MessageChannelMain()
      child.postMessage('host', [port1])
      this.#tell({ type: 'started', process, pid }, [port2])
    })
    child.once('exit', (code) => {
      this.#running.delete(process)
      const late = Promise.withResolvers<void>()
      const timer = setTimeout(late.resolve, lastWords)
      void Promise.race([Promise.all(printed), late.promise]).then(() => {
        clearTimeout(timer)
        this.#tell({ type: 'exited', process, code })
      })
    })
  }

  /** At once: code that computes for ever hears no signal that could be heard. */
  kill(number: number): void {
    const child = this.#running.get(number)
    if (child === undefined) return
    if (child.pid === undefined) child.kill()
    else process.kill(child.pid, 'SIGKILL')
  }

  killAll(): void {
    for (const number of this.#running.keys()) this.kill(number)
  }
}
