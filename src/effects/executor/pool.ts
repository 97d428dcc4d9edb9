/**
 * The processes and what waits for them. `placement.ts` decides; this does it.
 *
 * Invariants:
 * 1. A job is in one place: it waits, or one process holds it.
 * 2. A job hears its end once: it settled, it never ran, or its process was lost.
 * 3. Nothing is placed while somebody calls: what one event has changed, the ends of many jobs and the jobs that follow from them,
 *    is looked at together, once that is over.
 */
import type { Failure } from '../../model/failure.ts'
import type { RevisionHash } from '../../model/ids.ts'
import { ending, neverStarted } from './endings.ts'
import type { Exit, StartProcess } from './executor-process.ts'
import type { Job, JobMessage } from './job.ts'
import { type Move, place, type PlacementLimits } from './placement.ts'
import { PooledProcess } from './pooled-process.ts'
import type { BundleMessage } from './protocol.ts'

export interface PoolOptions {
  readonly start: StartProcess
  readonly limits: PlacementLimits & {
    /** Resident memory of a process, in bytes. */
    readonly memory: number
  }
  /** @throws Error where the revision cannot be read */
  readonly bundleOf: (revision: RevisionHash) => BundleMessage
  /** What a process printed on nobody's behalf. */
  readonly printed: (process: PooledProcess, text: string) => void
  /** Something was started, given or let go. */
  readonly moved: () => void
}

export class Pool {
  readonly processes = new Map<number, PooledProcess>()
  readonly #waiting = { shared: new Map<number, Job>(), isolated: new Map<number, Job>(), roomy: new Map<number, Job>() }
  readonly #options: PoolOptions
  #next = 0
  /** Set while new processes die before they are ready: none is started then that nobody waits for. */
  #ailing = false
  #closed: (() => void) | undefined
  /** Something has changed that the last round did not know of. */
  #isUnsettled = false

  constructor(options: PoolOptions) {
    this.#options = options
  }

  get waiting(): number {
    const { shared, isolated, roomy } = this.#waiting
    return shared.size + isolated.size + roomy.size
  }

  add(job: Job): void {
    this.#waiting[job.kind].set(job.ticket, job)
    this.settle()
  }

  /** Takes back a job that has not begun; false where it has. */
  withdraw(job: Job): boolean {
    if (this.#waiting[job.kind].delete(job.ticket)) return true
    const process = this.holderOf(job)
    if (process === undefined || !process.takeBack(job)) return false
    this.settle()
    return true
  }

  /** Nobody waits for the job any more, and what it has started is left alone: it may never settle. */
  abandon(job: Job): void {
    if (this.withdraw(job)) return
    const process = this.holderOf(job)
    process?.release(job.ticket)
    if (process !== undefined && process.kind !== 'shared') process.open = false
    this.settle()
  }

  holderOf({ ticket }: Job): PooledProcess | undefined {
    return this.processes.values().find(({ jobs }) => jobs.has(ticket))
  }

  /** Soon places what can be placed, and keeps as many processes as there should be. */
  settle(): void {
    if (this.#isUnsettled) return
    this.#isUnsettled = true
    queueMicrotask(() => this.#round())
  }

  #round(): void {
    this.#isUnsettled = false
    if (this.#closed !== undefined) return
    for (const process of this.processes.values()) {
      if ((!process.open || process.kind === 'roomy') && process.jobs.size === 0) process.retire()
    }
    const places = [...this.processes.values()].map(({ id, kind, open, jobs }) => ({ process: id, kind, open, load: jobs.size }))
    const { shared, isolated, roomy } = this.#waiting
    const waiting = { shared: shared.keys(), isolated: isolated.keys(), roomy: roomy.keys() }
    const limits = this.#ailing ? { ...this.#options.limits, reserve: 0 } : this.#options.limits
    const moves = place(places, waiting, this.#next, limits)
    for (const move of moves) this.#make(move)
    if (moves.length > 0) this.#options.moved()
  }

  /** Ends every process; nothing is heard of any job any more. */
  close(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#closed = resolve
    for (const process of this.processes.values()) process.retire()
    if (this.processes.size === 0) resolve()
    return promise
  }

  #make(move: Move): void {
    if (move.type === 'start') {
      this.#next = move.process + 1
      const { limits, start } = this.#options
      const own = move.for === null ? undefined : this.#waiting.roomy.get(move.for)?.allowance?.memory
      const made = { id: move.process, kind: move.kind, memory: own ?? limits.memory }
      const process = new PooledProcess(made, (events) => start(events, own), {
        ready: () => {
          this.#ailing = false
          this.settle()
        },
        heard: (from, message) => this.#heard(from, message),
        printed: this.#options.printed,
        gone: (from, exit) => this.#gone(from, exit),
      })
      this.processes.set(process.id, process)
    } else if (move.type === 'retire') {
      this.processes.get(move.process)?.retire()
    } else {
      this.#give(move.task, move.process)
    }
  }

  #give(ticket: number, id: number): void {
    const process = this.processes.get(id)
    const kind = process?.kind ?? 'shared'
    const job = this.#waiting[kind].get(ticket)
    if (process === undefined || job === undefined) return
    this.#waiting[kind].delete(ticket)
    try {
      process.give(job, this.#options.bundleOf)
    } catch (error) {
      job.failed(unreadable(error))
      // Its place is free again.
      this.settle()
    }
  }

  #heard(process: PooledProcess, message: JobMessage): void {
    const job = process.jobs.get(message.ticket)
    if (job === undefined) return
    const isOver = message.type === 'ended' || message.type === 'answered'
    if (isOver) process.release(message.ticket)
    if (message.type === 'ended' && process.kind !== 'shared' && !message.clean) process.open = false
    job.hear(message)
    if (!isOver) return
    process.keepQuiet(job.secrets)
    this.settle()
  }

  #gone(process: PooledProcess, exit: Exit): void {
    this.processes.delete(process.id)
    if (this.#closed !== undefined) {
      if (this.processes.size === 0) this.#closed()
      return
    }
    if (!process.ready && !process.retired) this.#ailing = true
    for (const job of process.jobs.values()) {
      if (process.ready) job.lost(ending(job.ticket, process.cause, { ...exit, memory: process.memory }, process.lastPrinted))
      else job.failed(neverStarted(exit, process.lastPrinted))
    }
    process.jobs.clear()
    this.settle()
  }
}

function unreadable(error: unknown): Failure {
  const { name, message } = error instanceof Error ? error : new Error(String(error))
  return { class: 'corruption', name, message: `the revision cannot be read: ${message}`, wayOut: 'verify the store' }
}
