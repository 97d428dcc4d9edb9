import type { Clock } from '../../src/engine/ports.ts'
import type { Instant } from '../../src/model/ids.ts'

interface Scheduled {
  readonly due: Instant
  readonly call: () => void
  isOff: boolean
}

/** What is due within so many milliseconds happens at once: their commits share a group. */
const together = 200

/** Time that passes as fast as what happens in it is committed. */
export class Timeline implements Clock {
  #now: Instant
  /** The latest first; of equal ones, the last scheduled first. */
  readonly #queue: Scheduled[] = []

  constructor(from: Instant) {
    this.#now = from
  }

  now(): Instant {
    return this.#now
  }

  at(instant: Instant, call: () => void): () => void {
    const scheduled: Scheduled = { due: Math.max(instant, this.#now), call, isOff: false }
    this.#queue.splice(this.#placeOf(scheduled.due), 0, scheduled)
    return () => {
      scheduled.isOff = true
    }
  }

  after(millis: number, call: () => void): () => void {
    return this.at(this.#now + Math.round(millis), call)
  }

  /** Lets everything happen that is due until then. */
  async passUntil(end: Instant): Promise<void> {
    for (;;) {
      const next = this.#queue.at(-1)
      if (next === undefined || next.due > end) break
      this.#callUntil(Math.min(next.due + together, end))
      await settled()
    }
    this.#now = end
  }

  #callUntil(end: Instant): void {
    for (let next = this.#queue.at(-1); next !== undefined && next.due <= end; next = this.#queue.at(-1)) {
      this.#queue.pop()
      this.#now = next.due
      if (!next.isOff) next.call()
    }
  }

  #placeOf(due: Instant): number {
    let low = 0
    let high = this.#queue.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#queue[middle]?.due ?? 0) > due) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** Resolves once what was called has asked its question, committed its answer, and begun what follows from it. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}
