import type { Clock } from '../../src/engine/ports.ts'

interface Scheduled {
  readonly due: number
  readonly order: number
  readonly call: () => void
}

/** Time that passes only when nothing is left to do at this instant. */
export class VirtualTime {
  #now = 1_800_000_000_000
  #order = 0
  #queue: Scheduled[] = []

  get now(): number {
    return this.#now
  }

  get isEmpty(): boolean {
    return this.#queue.length === 0
  }

  get nextDue(): number | undefined {
    return this.#queue[0]?.due
  }

  after(delay: number, call: () => void): () => void {
    return this.at(this.#now + delay, call)
  }

  at(due: number, call: () => void): () => void {
    this.#order += 1
    const scheduled = { due: Math.max(due, this.#now), order: this.#order, call }
    const place = this.#queue.findIndex((other) => isBefore(scheduled, other))
    this.#queue.splice(place === -1 ? this.#queue.length : place, 0, scheduled)
    return () => {
      this.#queue = this.#queue.filter((other) => other !== scheduled)
    }
  }

  /** So much time passes in which nothing is done: what came due meanwhile is done afterwards, late. */
  jump(millis: number): void {
    this.#now += millis
  }

  /** Does the next thing that is due, and all that follows from it in this instant. */
  async step(): Promise<void> {
    const next = this.#queue.shift()
    if (next === undefined) return
    this.#now = Math.max(this.#now, next.due)
    next.call()
    await drained()
  }

  /** The clock as one incarnation of the host sees it: its timers die with it. */
  clockOf(isAlive: () => boolean): Clock {
    return {
      now: () => this.#now,
      at: (instant, call) =>
        this.at(instant, () => {
          if (isAlive()) call()
        }),
    }
  }
}

function isBefore(a: Scheduled, b: Scheduled): boolean {
  return a.due < b.due || (a.due === b.due && a.order < b.order)
}

/** Resolves when every promise that could settle has. */
export function drained(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}
