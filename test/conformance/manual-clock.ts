import type { Clock } from '../../src/engine/ports.ts'
import type { Instant } from '../../src/model/ids.ts'

/** A clock that a test moves. */
export class ManualClock implements Clock {
  #now: Instant = 1_800_000_000_000
  #timers: { readonly instant: Instant; readonly call: () => void }[] = []

  now(): Instant {
    return this.#now
  }

  at(instant: Instant, call: () => void): () => void {
    const timer = { instant, call }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer)
    }
  }

  /** How many calls are still to come. */
  get pending(): number {
    return this.#timers.length
  }

  advance(millis: number): void {
    this.#now += millis
    const due = this.#timers.filter(({ instant }) => instant <= this.#now)
    this.#timers = this.#timers.filter((timer) => !due.includes(timer))
    for (const { call } of due) call()
  }
}
