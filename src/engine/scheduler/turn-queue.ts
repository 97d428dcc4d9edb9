/** What a run has to do, one piece at a time, in the order in which it came, until the rest is refused. */
export class TurnQueue {
  readonly #whenDone: () => void
  #last: Promise<unknown> = Promise.resolve()
  #length = 0
  readonly #refused = new AbortController()
  #refusal: Error | null = null

  /** `whenDone` is called after each piece, however it went. */
  constructor(whenDone: () => void) {
    this.#whenDone = whenDone
  }

  get isEmpty(): boolean {
    return this.#length === 0
  }

  get isRefused(): boolean {
    return this.#refusal !== null
  }

  /** Ends what is waited for in a piece. */
  get refused(): AbortSignal {
    return this.#refused.signal
  }

  /** Nothing that has not begun begins any more. The first reason stays. */
  refuse(why: Error): void {
    this.#refusal ??= why
    this.#refused.abort()
  }

  /** @throws why it is refused, where it is before its turn comes, and whatever `work` throws. */
  add<T>(work: () => Promise<T>): Promise<T> {
    this.#length += 1
    const result = this.#last.then(() => {
      if (this.#refusal !== null) throw this.#refusal
      return work()
    })
    const settled = (): void => {
      this.#length -= 1
      this.#whenDone()
    }
    this.#last = result.then(settled, settled)
    return result
  }

  /** Resolves once all that has come until now is done. */
  async done(): Promise<void> {
    await this.#last
  }
}
