import type { AttemptRef } from '../../src/engine/ports.ts'

/** What the outside world has seen, kept outside the store: one line for each effect that happened. */
export class EffectsLedger {
  readonly #happened = new Map<string, number>()
  readonly #keysOf = new Map<string, string>()

  /** A receiver that honours the key keeps the first and says so again. */
  happen(ref: AttemptRef, key: string, honoursKey: boolean): void {
    const times = this.#happened.get(key) ?? 0
    this.#happened.set(key, honoursKey ? 1 : times + 1)
    this.#keysOf.set(passOf(ref), key)
  }

  /** What a person finds who looks at the receiving side. */
  hasHappened(pass: Pick<AttemptRef, 'run' | 'step' | 'iteration'>, compensation: boolean): boolean {
    const key = this.#keysOf.get(passOf(pass))
    const wanted = compensation && key !== undefined && !key.endsWith('/compensate') ? `${key}/compensate` : key
    return wanted !== undefined && this.#happened.has(wanted)
  }

  repeated(): readonly string[] {
    return [...this.#happened].filter(([, times]) => times > 1).map(([key]) => key)
  }
}

function passOf({ run, step, iteration }: Pick<AttemptRef, 'run' | 'step' | 'iteration'>): string {
  return `${run}/${step}/${iteration}`
}
