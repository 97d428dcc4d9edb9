import type { Instant, Millis } from '../../model/ids.ts'

/** How many of the newest are remembered. */
const remembered = 32
const bounds = { least: 1_000, usual: 10_000, most: 300_000 } as const

/** How fast queued runs come to begin: whoever is refused is told when to come back. */
export class Pace {
  readonly #begun: Instant[] = []

  begun(at: Instant): void {
    this.#begun.push(at)
    if (this.#begun.length > remembered) this.#begun.shift()
  }

  /** How long it takes about until one more has begun, in milliseconds. */
  untilNext(now: Instant): Millis {
    const [first] = this.#begun
    if (first === undefined) return bounds.usual
    return Math.min(bounds.most, Math.max(bounds.least, Math.round((now - first) / this.#begun.length)))
  }
}
