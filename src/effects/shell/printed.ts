import { stripVTControlCharacters } from 'node:util'

/** How much of the end of a stream is kept, in characters. */
const longestTail = 64_000
/** A longer line is told in pieces, in characters. */
const longestLine = 8_000

/** What a program prints to one stream: told line by line as it comes, and the end of it kept. */
export class Printed {
  readonly #line: (line: string) => void
  #tail = ''
  #begun = ''
  #length = 0

  /** Lines are told as a terminal would show them: without what colours them, and of what is written over only the last. */
  constructor(line: (line: string) => void) {
    this.#line = line
  }

  /** The end of all that was printed, as it was printed; where that is not all, from a line's beginning on if there is one. */
  get tail(): string {
    const first = this.#length > this.#tail.length ? this.#tail.indexOf('\n') + 1 : 0
    return this.#tail.slice(first).toWellFormed()
  }

  /** How many characters stood before the tail. */
  get cut(): number {
    return this.#length - this.tail.length
  }

  push(piece: string): void {
    this.#length += piece.length
    this.#tail = (this.#tail + piece).slice(-longestTail)
    const lines = (this.#begun + piece).split('\n')
    this.#begun = lines.pop() ?? ''
    for (const line of lines) this.#tell(line)
    for (; this.#begun.length > longestLine; this.#begun = this.#begun.slice(longestLine)) this.#tell(this.#begun.slice(0, longestLine))
  }

  /** Nothing more comes: tells the line that was not ended. */
  end(): void {
    if (this.#begun !== '') this.#tell(this.#begun)
    this.#begun = ''
  }

  /** The last line that says something. */
  get lastLine(): string | undefined {
    const last = this.#tail.slice(-longestLine).split('\n').map(shown).findLast((line) => line.trim() !== '')
    return last?.trim()
  }

  #tell(line: string): void {
    this.#line(shown(line))
  }
}

function shown(line: string): string {
  const written = stripVTControlCharacters(line).trimEnd().split('\r')
  return written.at(-1) ?? ''
}
