import type { Port } from './port.ts'

/** Says that the oldest text that was not answered yet has been taken. */
const taken = true

export interface TextPortHears {
  text(text: string): void
  /** Called once, whoever closed it. */
  closed(): void
}

/**
 * Texts over a message port, both ways. Ports hold back nothing, so each text is answered when it has been taken: who
 * sends no more than is taken piles up nothing. What is neither a text nor an answer ends the port.
 */
export class TextPort {
  readonly #port: Port
  readonly #longest: number
  readonly #hears: TextPortHears
  readonly #unanswered: (() => void)[] = []
  #closed = false

  /** `longest` is a number of characters. */
  constructor(port: Port, longest: number, hears: TextPortHears) {
    this.#port = port
    this.#longest = longest
    this.#hears = hears
    port.on('message', ({ data }) => this.#hear(data))
    port.on('close', () => this.#end())
    port.start()
  }

  /** Resolves once the text has been taken, or the port is closed. */
  send(text: string): Promise<void> {
    if (this.#closed) return Promise.resolve()
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#unanswered.push(resolve)
    this.#port.postMessage(text)
    return promise
  }

  close(): void {
    this.#port.close()
    this.#end()
  }

  #hear(data: unknown): void {
    if (this.#closed) return
    if (data === taken) return this.#unanswered.shift()?.()
    if (typeof data !== 'string' || data.length > this.#longest) return this.close()
    this.#port.postMessage(taken)
    this.#hears.text(data)
  }

  #end(): void {
    if (this.#closed) return
    this.#closed = true
    for (const resolve of this.#unanswered.splice(0)) resolve()
    this.#hears.closed()
  }
}
