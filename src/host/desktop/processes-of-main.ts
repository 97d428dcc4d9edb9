import type { FromHost, ToHost } from '../../contract/desktop/host.ts'
import { inheritedEnvironment } from '../../effects/executor/environment.ts'
import { lastWords, longestText, type ProcessEvents } from '../../effects/executor/executor-process.ts'
import type { Port } from '../../effects/ports/port.ts'
import { TextPort } from '../../effects/ports/text-port.ts'
import type { Spawn } from '../spawn.ts'

type News = Extract<ToHost, { type: 'started' | 'printed' | 'exited' }>

/** A process as it is known here, until it has exited. */
interface Started {
  readonly events: ProcessEvents
  pid: number | undefined
  texts: TextPort | undefined
  /** Resolves once nothing more comes of its port; at once where it never had one. */
  silent: Promise<void>
}

/**
 * Processes that main starts for this host, which cannot start any itself: each is asked for by a number, and spoken
 * to over a port of its own.
 */
export class ProcessesOfMain {
  readonly #tell: (message: FromHost) => void
  readonly #processes = new Map<number, Started>()
  #next = 0

  constructor(tell: (message: FromHost) => void) {
    this.#tell = tell
  }

  readonly spawn: Spawn = (program, usual) => (events, memory = usual) => {
    const process = this.#next++
    const started: Started = { events, pid: undefined, texts: undefined, silent: Promise.resolve() }
    this.#processes.set(process, started)
    this.#tell({ type: 'start', process, program, memory, env: inheritedEnvironment() })
    return {
      get pid() {
        return started.pid
      },
      send: (text) => void started.texts?.send(text),
      kill: () => {
        if (this.#processes.has(process)) this.#tell({ type: 'kill', process })
      },
    }
  }

  /** What main says of a process; `port` comes with the one that it has started. */
  hear(news: News, port: Port | undefined): void {
    const process = this.#processes.get(news.process)
    if (process === undefined) return port?.close()
    if (news.type === 'printed') return process.events.output(news.text)
    if (news.type === 'started') return this.#connect(process, news.pid, port)
    this.#processes.delete(news.process)
    void this.#bury(process, news.code)
  }

  #connect(process: Started, pid: number, port: Port | undefined): void {
    if (port === undefined) throw new Error('a process was started without a port to it')
    const { promise, resolve } = Promise.withResolvers<void>()
    process.pid = pid
    process.silent = promise
    process.texts = new TextPort(port, longestText, { text: (text) => process.events.text(text), closed: resolve })
  }

  /** What it said last comes by another way than the news of its end. */
  async #bury({ events, silent }: Started, code: number): Promise<void> {
    const late = Promise.withResolvers<void>()
    const timer = setTimeout(late.resolve, lastWords)
    await Promise.race([silent, late.promise])
    clearTimeout(timer)
    events.exited({ code, signal: null })
  }
}
