/** What the outside world has seen, kept outside the store: one line for each effect that happened. */
export class EffectsLedger {
  readonly #happened = new Map<string, number>()

  /** A receiver that honours the key keeps the first and says so again. */
  happen(key: string, honoursKey: boolean): void {
    const times = this.#happened.get(key) ?? 0
    this.#happened.set(key, honoursKey ? 1 : times + 1)
  }

  /** What a person finds who looks at the receiving side. */
  hasHappened(key: string): boolean {
    return this.#happened.has(key)
  }

  repeated(): readonly string[] {
    return [...this.#happened].filter(([, times]) => times > 1).map(([key]) => key)
  }
}
