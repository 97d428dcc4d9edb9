import type { Findings } from './findings.ts'

/** Where all that a run has is damaged, its first are enough to see that, and leave room for what is found of others. */
const most = 50

/** What is damaged of one kind within a part of a run: the first are findings each, and the last of those says how many come after it. */
export class FirstFound {
  readonly #found: { readonly number: number; readonly detail: string }[] = []
  #more = 0
  #last = 0

  add(number: number, detail: string): void {
    if (this.#found.length < most) this.#found.push({ number, detail })
    else this.#more += 1
    this.#last = number
  }

  tell(findings: Findings, object: string, run: string): void {
    for (const [index, { number, detail }] of this.#found.entries()) {
      const rest = this.#more > 0 && index === most - 1 ? `; ${this.#more} more are damaged after it, up to ${this.#last}` : ''
      findings.add(object, `${run}/${number}`, `${detail}${rest}`)
    }
  }
}
