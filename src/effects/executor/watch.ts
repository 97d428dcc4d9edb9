/** Looks at the processes from outside, and says which must end. */
import type { Clock } from '../../engine/ports.ts'
import { type Cause, holdLess } from './endings.ts'
import type { ExecutorLimits } from './limits.ts'
import type { Pool } from './pool.ts'
import type { PooledProcess } from './pooled-process.ts'
import type { Usage, usageOf } from './usage.ts'

export interface WatchOptions {
  readonly clock: Clock
  readonly limits: ExecutorLimits
  readonly pool: Pool
  readonly usageOf: typeof usageOf
}

/** Past this share of its memory a process takes no more jobs, so that those it has end in peace. */
const nearly = 0.75

export class Watch {
  readonly #options: WatchOptions
  #disarm: (() => void) | undefined
  #closed = false

  constructor(options: WatchOptions) {
    this.#options = options
  }

  /** There is something to look at. */
  wake(): void {
    const { clock, limits } = this.#options
    if (this.#closed) return
    void this.#noteBeginnings()
    if (this.#disarm !== undefined) return
    this.#disarm = clock.at(clock.now() + limits.watch, () => void this.#look())
  }

  close(): void {
    this.#closed = true
    this.#disarm?.()
  }

  /** What a task takes that has a bound of its own counts from its beginning, and not from the next look. */
  async #noteBeginnings(): Promise<void> {
    const begun = [...this.#options.pool.processes.values()].flatMap((process) => {
      const [ticket] = process.jobs.keys()
      const isNew = process.cpuTime !== undefined && process.cpuTimeBefore === undefined
      return isNew && ticket !== undefined && process.pid !== undefined ? [{ process, ticket, pid: process.pid }] : []
    })
    if (begun.length === 0) return
    const usages = await this.#options.usageOf(begun.map(({ pid }) => pid))
    for (const { process, ticket, pid } of begun) {
      if (process.jobs.has(ticket)) process.cpuTimeBefore ??= usages.get(pid)?.cpuTime
    }
  }

  async #look(): Promise<void> {
    const { pool, usageOf } = this.#options
    const watched = [...pool.processes.values()].filter(
      (process) => process.jobs.size > 0 || !process.ready || !process.hasAnswered(),
    )
    const usages = await usageOf(watched.flatMap(({ pid }) => pid ?? []))
    for (const process of watched) this.#judge(process, process.pid === undefined ? undefined : usages.get(process.pid))
    this.#disarm = undefined
    pool.settle()
    if (watched.length > 0) this.wake()
  }

  #judge(process: PooledProcess, usage: Usage | undefined): void {
    const cause = process.ready ? this.#offence(process, usage) : this.#sloth(process)
    if (cause !== undefined) process.kill(cause)
    else if (usage && process.kind !== 'roomy' && usage.memory > nearly * process.memory) process.open = false
  }

  #offence(process: PooledProcess, usage: Usage | undefined): Cause | undefined {
    return (usage && this.#greed(process, usage)) ?? this.#disobedience(process) ?? this.#silence(process)
  }

  /** It takes too long to be ready. */
  #sloth(process: PooledProcess): Cause | undefined {
    const { limits } = this.#options
    process.silences += 1
    return process.silences * limits.watch >= limits.start ? { type: 'silence' } : undefined
  }

  #greed(process: PooledProcess, { memory, cpuTime }: Usage): Cause | undefined {
    const { limits } = this.#options
    if (memory > process.memory) {
      return {
        type: 'resource',
        message: `the process that it ran in took ${megabytes(memory)}, over its limit of ${megabytes(process.memory)}`,
        wayOut: holdLess,
        exceeded: { of: 'memory', limit: process.memory },
      }
    }
    process.cpuTimeBefore ??= cpuTime
    const spent = cpuTime - process.cpuTimeBefore
    const { cpuTime: limit = limits.cpuTime } = process
    if (process.kind === 'shared' || spent <= limit) return undefined
    return {
      type: 'resource',
      message: `it took ${Math.round(spent / 1_000)} s of processor time, over its limit of ${limit / 1_000} s`,
      wayOut: 'look for an endless loop, or raise detection.processor of it, or recovery.wait_for_resource.processor',
      exceeded: { of: 'processor', limit },
    }
  }

  /** A stopped handler has had its time. One that cannot even hear it is the silence's matter, unless it sits alone. */
  #disobedience(process: PooledProcess): Cause | undefined {
    const { clock, limits } = this.#options
    const due = process.stopping
      .values()
      .filter(({ since }) => clock.now() >= since + limits.grace)
      .some(({ ping }) => process.kind !== 'shared' || process.hasAnswered(ping))
    return due ? { type: 'stop' } : undefined
  }

  /**
   * Counted in looks, not in time: after the machine has slept, everybody would seem to have been silent. A process
   * that one job has to itself may be silent as long as that job's own timeout lets it.
   */
  #silence(process: PooledProcess): Cause | undefined {
    const { limits } = this.#options
    process.silences = process.hasAnswered() ? 0 : process.silences + 1
    if (process.silences === 0) process.ping()
    const isOver = process.silences * limits.watch >= limits.unresponsive
    return process.kind === 'shared' && isOver ? { type: 'silence' } : undefined
  }
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`
}
