/** Finds a host that hangs: one that lives, and answers no more. */

/** How often a host is looked at, in milliseconds. */
const every = 2_000

/**
 * After so many looks in a row without an answer a host counts as hung: a minute. Its own turns take milliseconds, and what takes long
 * has threads; but it writes where it stands, and a system may wait 30 s for a disk before it asks it a second time. Ending a host cuts
 * off what is under way, and leaves effects in doubt, so that to wait for too long costs less than to end it for nothing.
 *
 * Counted in looks, not in time: after the machine has slept, every host would seem to have been silent.
 */
const most = 30

export interface PulseParts {
  /** Calls after so many milliseconds; returns what keeps it from that. */
  readonly after: (millis: number, call: () => void) => () => void
  /** Asks the host for an answer. */
  readonly ask: () => void
  /** It hangs. Called once. */
  readonly hangs: (silentFor: number) => void
}

export class Pulse {
  readonly #parts: PulseParts
  #cancel: (() => void) | undefined
  #hasAnswered = true
  #silences = 0

  constructor(parts: PulseParts) {
    this.#parts = parts
  }

  /** Not before it serves: what opening takes (a migration, a backup, an encryption) depends on how large the store is. */
  begin(): void {
    this.#cancel = this.#parts.after(every, () => this.#look())
  }

  answered(): void {
    this.#hasAnswered = true
  }

  end(): void {
    this.#cancel?.()
    this.#cancel = undefined
  }

  #look(): void {
    this.#cancel = undefined
    this.#silences = this.#hasAnswered ? 0 : this.#silences + 1
    if (this.#silences >= most) return this.#parts.hangs(most * every)
    if (this.#hasAnswered) {
      // One question at a time: what a hung host would have to answer does not pile up.
      this.#hasAnswered = false
      this.#parts.ask()
    }
    this.begin()
  }
}
