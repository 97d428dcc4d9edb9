import { inspect } from 'node:util'
import { counted } from '../../../model/counted.ts'
import type { HttpShown } from '../../../model/http.ts'
import type { Json } from '../../../model/json.ts'
import type { LogLevel } from '../../../model/log.ts'
import type { ProgramLine } from '../../../model/program.ts'
import type { Log } from '../../../sdk/definition.ts'
import type { ExecutorMessage } from '../protocol.ts'
import { asJson } from './json.ts'

/** Progress and heartbeats leave at most this often, in milliseconds; the latest of each wins. */
const gap = 50
/** Log lines that an attempt may write in one second. What is over is counted and said, but for the last of it. */
const linesPerSecond = 200
/** So many: who fails says why at the end. */
const lastWords = 20
const longestLine = 8_000
const largestData = 64_000

type Said = Extract<ExecutorMessage, { type: 'progress' | 'heartbeat' }>
type Of = Pick<Extract<ExecutorMessage, { type: 'log' }>, 'program' | 'exchange'>

/** A line with its data as that is by then: what is left out of costs nothing. */
interface Line {
  readonly level: LogLevel
  readonly message: unknown
  readonly data: unknown
  readonly of: Of
}

/** What one attempt says while it runs: held to a pace, and to a size, that the host can bear. */
export class Voice {
  readonly #ticket: number
  readonly #post: (message: ExecutorMessage) => void
  readonly #latest = new Map<Said['type'], Said>()
  #pause: NodeJS.Timeout | undefined
  #second = 0
  #lines = 0
  #silenced = 0
  /** The last of what is over, until the second has passed or something else is to be said. */
  #held: Line[] = []
  #late: NodeJS.Timeout | undefined
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
    if (!this.closed) this.#write({ level, message, data, of: {} })
  }

  /** Logs a line of a program. How it was started and how it ended is said, however much it prints. */
  program(part: ProgramLine, message: string, data: Json = null, level: LogLevel = part === 'stderr' ? 'warn' : 'info'): void {
    if (this.closed) return
    const isPrinted = part === 'stdout' || part === 'stderr'
    const line = { level, message, data, of: { program: part } }
    if (isPrinted) return this.#write(line)
    this.#reportSilenced()
    this.#say(line)
  }

  /** Logs one side of an exchange, however much was said before. */
  exchange(message: string, shown: HttpShown): void {
    if (this.closed) return
    this.#reportSilenced()
    this.#say({ level: 'info', message, data: shown, of: { exchange: shown.http } })
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

  #write(line: Line): void {
    const second = Math.floor(performance.now() / 1_000)
    if (second !== this.#second) {
      this.#reportSilenced()
      this.#second = second
      this.#lines = 0
    }
    this.#lines += 1
    if (this.#lines <= linesPerSecond) return this.#say(line)
    this.#silenced += 1
    this.#held.push(line)
    if (this.#held.length > lastWords) this.#held.shift()
    this.#late ??= setTimeout(() => this.#reportSilenced(), 1_000)
  }

  #reportSilenced(): void {
    clearTimeout(this.#late)
    this.#late = undefined
    const [held, leftOut] = [this.#held, this.#silenced - this.#held.length]
    this.#held = []
    this.#silenced = 0
    if (leftOut > 0) this.#say({ level: 'warn', message: `${counted(leftOut, 'more log line was', 'more log lines were')} left out: ${linesPerSecond} a second are kept, and the last ${lastWords}`, data: null, of: {} })
    for (const line of held) this.#say(line)
  }

  #say({ level, message, data, of }: Line): void {
    const text = typeof message === 'string' ? message : inspect(message)
    const line = text.length <= longestLine ? text : `${text.slice(0, longestLine)}…`
    const told = data === undefined || data === null ? null : loggable(data)
    this.#post({ type: 'log', ticket: this.#ticket, level, message: line.toWellFormed(), data: told, ...of })
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
