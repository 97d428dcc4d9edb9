/** Cuts a stream of text into lines; only whole ones come out. */
export class Lines {
  readonly #longest: number
  #parts: string[] = []
  #length = 0

  /** `longest` is a number of characters. */
  constructor(longest: number) {
    this.#longest = longest
  }

  /** The lines that this piece completes. @throws RangeError where a line is longer than it may be */
  push(piece: string): readonly string[] {
    const [end = '', ...begun] = piece.split('\n')
    this.#keep(end)
    return begun.map((rest) => {
      const line = this.#parts.join('')
      this.#parts = []
      this.#length = 0
      this.#keep(rest)
      return line
    })
  }

  #keep(part: string): void {
    this.#length += part.length
    if (this.#length > this.#longest) throw new RangeError(`a line is longer than ${this.#longest} characters`)
    this.#parts.push(part)
  }
}
