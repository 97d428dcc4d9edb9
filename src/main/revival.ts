/** What becomes of a window whose page has died, or hangs. The host is another process, and does not notice. */

/** How the process of a page ended, in Electron's words. */
export interface Death {
  readonly reason: string
  readonly exitCode: number
}

export interface Question {
  readonly message: string
  readonly detail: string
  /** The first is what is meant by leaving the question. */
  readonly answers: readonly [string, string]
}

export interface WindowParts {
  /** Milliseconds that only grow. */
  readonly now: () => number
  /** Loads the page again, where it was. */
  readonly load: () => void
  /** Ends the page's process, which is then told of as its death. */
  readonly end: () => void
  readonly close: () => void
  /** Resolves with the number of the answer; with the first once it is over. */
  readonly asks: (question: Question, over: AbortSignal) => Promise<number>
  readonly say: (line: string) => void
}

/** After how long a page that dies counts as one that stood, in milliseconds. */
const stood = 60_000

/** How many pages in a row may die before each other one is loaded only if somebody wants it. */
const most = 3

export class Revival {
  readonly #parts: WindowParts
  #since: number
  #deaths = 0
  #asked: AbortController | undefined

  constructor(parts: WindowParts) {
    this.#parts = parts
    this.#since = parts.now()
  }

  died({ reason, exitCode }: Death): void {
    this.answers()
    // Nobody's loss: it was closed.
    if (reason === 'clean-exit') return
    if (this.#parts.now() - this.#since >= stood) this.#deaths = 0
    this.#deaths += 1
    const how = `${reason}, exit code ${exitCode}`
    if (this.#deaths <= most) {
      this.#parts.say(`the page of a window has died (${how}); it is loaded again`)
      return this.#load()
    }
    this.#parts.say(`the page of a window has died again and again (${how}); whoever sits before it is asked`)
    void this.#offer(how)
  }

  /** It does not react any more. That may be a long computation, so that a person decides. */
  async hangs(): Promise<void> {
    if (this.#asked !== undefined) return
    this.#parts.say('the page of a window does not answer; whoever sits before it is asked')
    const answer = await this.#ask({
      message: 'This window does not answer',
      detail: 'It may be busy, or hang. Runs go on either way.',
      answers: ['Wait', 'Load it again'],
    })
    if (answer !== 1) return
    this.#deaths = 0
    this.#parts.end()
  }

  /** It reacts again, or there is nothing more that could. */
  answers(): void {
    this.#asked?.abort()
    this.#asked = undefined
  }

  async #offer(how: string): Promise<void> {
    const answer = await this.#ask({
      message: 'This window cannot be shown',
      detail: `Its page has died ${most + 1} times in a row (${how}). Runs go on all the same. It may help to close other programs, or to start Cairn again.`,
      answers: ['Load it again', 'Close the window'],
    })
    if (answer === 1) return this.#parts.close()
    this.#deaths = 0
    this.#load()
  }

  /** Undefined where that was over before it was answered. */
  async #ask(question: Question): Promise<number | undefined> {
    const asked = new AbortController()
    this.#asked = asked
    const answer = await this.#parts.asks(question, asked.signal)
    if (this.#asked !== asked) return undefined
    this.#asked = undefined
    return answer
  }

  #load(): void {
    this.#since = this.#parts.now()
    this.#parts.load()
  }
}
