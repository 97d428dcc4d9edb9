import type { Instant, RevisionHash } from '../../model/ids.ts'
import { Scrubber } from '../../model/sensitive/scrub.ts'
import { discreetFailure } from './discretion.ts'
import type { Cause } from './endings.ts'
import type { ExecutorProcess, Exit, ProcessEvents } from './executor-process.ts'
import type { Job, JobMessage } from './job.ts'
import type { ProcessKind } from './placement.ts'
import { type BundleMessage, ExecutorBatch, type ExecutorMessage, type HostMessage, type Order } from './protocol.ts'
import { toldOnce, ToldViews } from './told-views.ts'

/** How much of what a process printed is remembered for the message of its end, in characters. */
const longestPrint = 16_000
/** How many sensitive texts a process may have been given before it takes no more jobs. */
const mostSecrets = 50_000

export interface ProcessHooks {
  ready(process: PooledProcess): void
  heard(process: PooledProcess, message: JobMessage): void
  printed(process: PooledProcess, text: string): void
  gone(process: PooledProcess, exit: Exit): void
}

export type Made = Pick<PooledProcess, 'id' | 'kind' | 'memory'>

/**
 * One executor process as the host sees it: what it holds, what it was told, why it ends.
 *
 * Invariants:
 * 1. It is told nothing before it has said that it is ready: one that dies before that has run nothing.
 * 2. The first cause of its end is the one that counts. What it still says after that is true all the same.
 * 3. What it says on behalf of no one job is told without whatever any of its jobs was given, or came to, that is sensitive.
 */
export class PooledProcess {
  readonly id: number
  readonly kind: ProcessKind
  /** Resident memory that it may have, in bytes. */
  readonly memory: number
  readonly jobs = new Map<number, Job>()
  /** Stopped jobs that have not settled: since when, and the ping that followed the order to stop. */
  readonly stopping = new Map<number, { readonly since: Instant; readonly ping: number }>()
  /** False once it takes no more jobs. */
  open = true
  ready = false
  retired = false
  cause: Cause = { type: 'exit' }
  /** Processor time that it had had when its job came; set by who watches it. */
  cpuTimeBefore: number | undefined
  /** Processor time that its job may take, where that is more than usual. */
  cpuTime: number | undefined
  /** How often in a row it was looked at and had not answered. */
  silences = 0
  readonly #process: ExecutorProcess
  readonly #revisions = new Set<RevisionHash>()
  readonly #scrub = new Scrubber()
  #printed = ''
  readonly #views = new ToldViews()
  #outbox: Order[] = []
  #pings = 0
  #pongs = 0
  #killed = false

  constructor({ id, kind, memory }: Made, start: (events: ProcessEvents) => ExecutorProcess, hooks: ProcessHooks) {
    this.id = id
    this.kind = kind
    this.memory = memory
    this.#process = start({
      text: (text) => this.#hear(text, hooks),
      output: (text) => {
        this.#printed = (this.#printed + text).slice(-longestPrint)
        hooks.printed(this, this.#scrub.text(text))
      },
      exited: (exit) => hooks.gone(this, exit),
    })
  }

  get pid(): number | undefined {
    return this.#process.pid
  }

  /** The last that it printed. */
  get lastPrinted(): string {
    return this.#scrub.text(this.#printed)
  }

  /** Hands over a job, and its bundle where this process does not have it yet. */
  give(job: Job, bundleOf: (revision: RevisionHash) => BundleMessage): void {
    if (!this.#revisions.has(job.revision)) {
      this.post(bundleOf(job.revision))
      this.#revisions.add(job.revision)
    }
    this.jobs.set(job.ticket, job)
    this.#scrub.add(job.secrets)
    if (this.#scrub.size > mostSecrets) this.open = false
    this.cpuTimeBefore = undefined
    this.cpuTime = job.allowance?.processor
    this.post(job.message)
    if (this.ready) job.begun()
  }

  /** Takes back a job that it was not told of yet; false where it was. */
  takeBack(job: Job): boolean {
    const untold = this.#outbox.filter((message) => message !== job.message)
    if (untold.length === this.#outbox.length) return false
    this.#outbox = untold
    this.release(job.ticket)
    return true
  }

  /** What is not to be told from now on, whoever says it. */
  keepQuiet(secrets: readonly string[]): void {
    this.#scrub.add(secrets)
  }

  /** The job has settled. */
  release(ticket: number): void {
    this.jobs.delete(ticket)
    this.stopping.delete(ticket)
  }

  /** What follows from one event, the commits of a group for one, leaves as one text, before the loop turns. */
  post(message: Order): void {
    if (this.#outbox.push(message) === 1 && this.ready) process.nextTick(() => this.#flush())
  }

  /** Asks for a sign of life; the number tells the answers apart. */
  ping(): number {
    this.#pings += 1
    this.post({ type: 'ping', count: this.#pings })
    return this.#pings
  }

  /** True where it has answered everything up to that ping. */
  hasAnswered(ping = this.#pings): boolean {
    return this.#pongs >= ping
  }

  /** Nothing is wrong with it; nobody needs it. */
  retire(): void {
    this.retired = true
    this.kill({ type: 'exit' })
  }

  kill(cause: Cause): void {
    if (this.#killed) return
    this.#killed = true
    this.open = false
    this.cause = cause
    this.#process.kill()
  }

  #flush(): void {
    const batch = this.#outbox
    this.#outbox = []
    if (batch.length > 0) this.#process.send(JSON.stringify(batch.map((order) => this.#told(order))))
  }

  /** What is taken back was never told: what the process has is known only as it leaves. */
  #told(order: Order): HostMessage {
    if (order.type !== 'start') return order
    const { run, work, ...start } = order
    const view = this.kind === 'shared' ? this.#views.tell(run, work.view) : toldOnce(run, work.view)
    return { ...start, work: { ...work, view } }
  }

  #hear(text: string, hooks: ProcessHooks): void {
    for (const message of this.#parse(text)) {
      if (message.type === 'ready') {
        if (this.#killed) return
        this.ready = true
        this.#flush()
        for (const job of this.jobs.values()) job.begun()
        hooks.ready(this)
      } else if (message.type === 'pong') {
        this.#pongs = message.count
      } else if (message.type === 'crashed') {
        this.open = false
        if (!this.#killed) this.cause = { type: 'crash', ticket: message.ticket, failure: discreetFailure(message.failure, this.#scrub) }
      } else {
        hooks.heard(this, message)
      }
    }
  }

  /** A process that says what no executor says is not one any more. */
  #parse(text: string): readonly ExecutorMessage[] {
    try {
      return ExecutorBatch.parse(JSON.parse(text))
    } catch (error) {
      const message = `the process said what no executor says: ${String(error)}`
      this.kill({ type: 'crash', ticket: null, failure: { class: 'crash', name: 'ExecutorGarbled', message } })
      return []
    }
  }
}
