/** What has to be ended again, in the order in which it was begun. */
export class Closing {
  readonly #ends: (() => Promise<void> | void)[] = []
  #closed: Promise<void> | undefined

  add(end: () => Promise<void> | void): void {
    this.#ends.push(end)
  }

  /**
   * Ends everything, the last begun first, and what follows even where one end fails; then throws the first error.
   * A second call waits for the first.
   */
  close(): Promise<void> {
    this.#closed ??= this.#close()
    return this.#closed
  }

  async #close(): Promise<void> {
    const errors: unknown[] = []
    for (const end of this.#ends.toReversed()) {
      try {
        await end()
      } catch (error) {
        errors.push(error)
      }
    }
    if (errors.length > 0) throw errors[0]
  }
}

/** Begins all of it or none: where something cannot be begun, what was begun before it is ended, and why is thrown. */
export async function begunWhole<T>(begin: (closing: Closing) => Promise<T>): Promise<T> {
  const closing = new Closing()
  try {
    return await begin(closing)
  } catch (error) {
    // Why it could not begin is what counts, not what else then failed.
    await closing.close().catch(() => undefined)
    throw error
  }
}
