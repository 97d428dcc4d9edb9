import { inspect } from 'node:util'
import type { HttpShown } from '../../../model/http.ts'
import type { Json } from '../../../model/json.ts'
import type { LogLevel } from '../../../model/log.ts'
import type { ProgramLine } from '../../../model/program.ts'
import type { Log } from '../../../sdk/definition.ts'
import type { ExecutorMessage } from '../protocol.ts'
import { asJson } from './json.ts'

/** Progress and heartbeats leave at most this often, in milliseconds; the latest of each wins. */
const gap = 50
/** Log lines that an attempt may write in one second. What is over is counted and said. */
const linesPerSecond = 200
const longestLine = 8_000
const largestData = 64_000

type Said = Extract<ExecutorMessage, { type: 'progress' | 'heartbeat' }>

/** What one attempt says while it runs: held to a pace, and to a size, that the host can bear. */
export class Voice {
  readonly #ticket: number
  readonly #post: (message: ExecutorMessage) => void
  readonly #latest = new Map<Said['type'], Said>()
  #pause: NodeJS.Timeout | undefined
  #second = 0
  #lines = 0
  #silenced = 0
  /** True once the attempt is over: nothing can be said in its name. */
  closed = false

  constructor(ticket: number, post: (message: ExecutorMessage) => void) {
    this.#ticket = ticket
    this.#post = post
  }

  readonly log: Log = {
    debug: (message, data) => this.write('debug', message, data),
    info: (message, data) => this.write('info', message, data),
    warn: (message, data) => this.write('warn', message, data),
    error: (message, data) => this.write('error', message, data),
  }

  /** Logs one line; what cannot be kept of its data is described in its place. */
  write(level: LogLevel, message: string, data?: unknown): void {
    if (this.closed || !this.#mayWrite()) return
    const line = typeof message === 'string' ? message : inspect(message)
    this.#say(level, line, data === undefined ? null : loggable(data))
  }

  /** Logs a line of a program. How it was started and how it ended is said, however much it prints. */
  program(part: ProgramLine, message: string, data: Json = null, level: LogLevel = part === 'stderr' ? 'warn' : 'info'): void {
    if (this.closed) return
    const isPrinted = part === 'stdout' || part === 'stderr'
    if (isPrinted && !this.#mayWrite()) return
    if (!isPrinted) this.#reportSilenced()
    this.#say(level, message, data, { program: part })
  }

  /** Logs one side of an exchange, however much was said before. */
  exchange(message: string, shown: HttpShown): void {
    if (this.closed) return
    this.#reportSilenced()
    this.#say('info', message, loggable(shown), { exchange: shown.http })
  }

  readonly progress = (fraction: number, note?: string): void => {
    const bounded = Math.min(Math.max(fraction || 0, 0), 1)
    this.#paced({ type: 'progress', ticket: this.#ticket, fraction: bounded, note: note?.slice(0, longestLine) ?? null })
  }

  /** @throws NotJson, RangeError where the value cannot be kept */
  readonly heartbeat = (value: Json): void => {
    const json = asJson(value ?? null, 'heartbeat')
    const size = JSON.stringify(json).length
    if (size > largestData) throw new RangeError(`a heartbeat of ${size} characters is over its limit of ${largestData}`)
    this.#paced({ type: 'heartbeat', ticket: this.#ticket, value: json })
  }

  /** Says what is held back, and nothing any more. */
  close(): void {
    this.#release()
    clearTimeout(this.#pause)
    this.#reportSilenced()
    this.closed = true
  }

  #paced(said: Said): void {
    if (this.closed) return
    this.#latest.set(said.type, said)
    if (this.#pause === undefined) this.#release()
  }

  #release(): void {
    this.#pause = undefined
    if (this.#latest.size === 0) return
    for (const said of this.#latest.values()) this.#post(said)
    this.#latest.clear()
    this.#pause = setTimeout(() => this.#release(), gap)
  }

  #mayWrite(): boolean {
    const second = Math.floor(performance.now() / 1_000)
    if (second !== this.#second) {
      this.#reportSilenced()
      this.#second = second
      this.#lines = 0
    }
    this.#lines += 1
    if (this.#lines <= linesPerSecond) return true
    this.#silenced += 1
    return false
  }

  #reportSilenced(): void {
    if (this.#silenced === 0) return
    this.#say('warn', `${this.#silenced} more log lines were left out: ${linesPerSecond} a second are kept`, null)
    this.#silenced = 0
  }

  #say(level: LogLevel, message: string, data: Json, of: Pick<Extract<ExecutorMessage, { type: 'log' }>, 'program' | 'exchange'> = {}): void {
    const line = message.length <= longestLine ? message : `${message.slice(0, longestLine)}…`
    this.#post({ type: 'log', ticket: this.#ticket, level, message: line.toWellFormed(), data, ...of })
  }
}

function loggable(data: unknown): Json {
  try {
    const json = asJson(data, 'data')
    const size = JSON.stringify(json).length
    return size <= largestData ? json : `(${size} characters of data were left out)`
  } catch {
    return inspect(data, { depth: 4, breakLength: Infinity }).slice(0, longestLine).toWellFormed()
  }
}
