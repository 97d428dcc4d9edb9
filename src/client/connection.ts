import type { Instant, Millis } from '../model/ids.ts'

/** `lost` until it is tried again; what never was asked anything is `connecting` too. */
export type ConnectionState = 'connecting' | 'open' | 'lost'

/** How a client stands to its host, for whoever shows it. */
export interface Connection {
  readonly state: ConnectionState
  /** When a lost connection is tried again by itself; null where nothing waits for it. */
  readonly nextTry: Instant | null
  /** Calls after each change of the two; returns what ends that. */
  readonly onChange: (listener: () => void) => () => void
}

interface Wait {
  readonly until: Instant
  readonly end: () => void
}

/** What the line says of itself, and who waits to come back over it. */
export class LiveConnection implements Connection {
  #state: ConnectionState = 'connecting'
  readonly #waits = new Set<Wait>()
  readonly #listeners = new Set<() => void>()

  get state(): ConnectionState {
    return this.#state
  }

  get nextTry(): Instant | null {
    if (this.#state !== 'lost' || this.#waits.size === 0) return null
    return Math.min(...[...this.#waits].map(({ until }) => until))
  }

  readonly onChange = (listener: () => void): (() => void) => {
    const own = (): void => listener()
    this.#listeners.add(own)
    return () => this.#listeners.delete(own)
  }

  /** The line has moved. Once it is open, nobody waits any longer. */
  moved(state: ConnectionState): void {
    if (state === this.#state) return
    this.#state = state
    if (state === 'open') this.hurry()
    this.#changed()
  }

  /** Resolves after so long, or earlier: when the signal aborts, when the connection is open again, when hurried. */
  async pause(millis: Millis, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return
    await new Promise<void>((resolve) => {
      const end = (): void => {
        clearTimeout(timer)
        signal.removeEventListener('abort', end)
        this.#waits.delete(wait)
        resolve()
      }
      const timer = setTimeout(end, millis)
      const wait = { until: Date.now() + millis, end }
      signal.addEventListener('abort', end, { once: true })
      this.#waits.add(wait)
      this.#changed()
    })
    this.#changed()
  }

  /** Whoever waits comes back now. */
  hurry(): void {
    for (const { end } of this.#waits) end()
  }

  #changed(): void {
    for (const listener of this.#listeners) listener()
  }
}
