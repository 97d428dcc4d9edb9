import { usageOf } from '../../src/effects/executor/usage.ts'
import { membersOf } from '../../src/effects/shell/tree/members.ts'
import { processTable } from '../../src/effects/shell/tree/table.ts'
import type { Instant, Millis } from '../../src/model/ids.ts'

/** Resident megabytes. Pages that processes share count for each of them. */
export interface Sample {
  readonly at: Instant
  readonly host: number
  readonly executors: number
  /** How many of these there were. */
  readonly processes: number
}

const every: Millis = 5_000
/** In the environment of no process: who is of the host is told by who has started whom. */
const mark = 'CAIRN_LOAD_MARK=none'

/** Looks from outside at the memory of a host and of the processes that it has started. */
export class MemoryWatch {
  readonly samples: Sample[] = []
  readonly #host: number
  readonly #timer: NodeJS.Timeout

  constructor(host: number) {
    this.#host = host
    this.#timer = setInterval(() => void this.#look(), every)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  async #look(): Promise<void> {
    const pids = membersOf(processTable(mark), { leader: this.#host })
    const usages = await usageOf([...pids])
    const own = usages.get(this.#host)
    // It is gone, or cannot be seen.
    if (own === undefined) return
    const all = usages.values().reduce((sum, { memory }) => sum + memory, 0)
    this.samples.push({ at: Date.now(), host: own.memory / 1e6, executors: (all - own.memory) / 1e6, processes: usages.size - 1 })
  }
}

/** The slope of the line that is nearest to these in the sense of least squares, for an hour; NaN of fewer than two. */
export function slopePerHour(points: readonly (readonly [at: Instant, value: number])[]): number {
  const mean = (of: (point: readonly [Instant, number]) => number): number => points.reduce((sum, point) => sum + of(point), 0) / points.length
  const [at, value] = [mean(([x]) => x), mean(([, y]) => y)]
  return (3_600_000 * mean(([x, y]) => (x - at) * (y - value))) / mean(([x]) => (x - at) ** 2)
}
