/** What looking at a row costs beside its bytes. */
const perRow = 500

/** How much a part of a walk may look at, in bytes of rows. */
export class Allowance {
  #left: number

  constructor(bytes: number) {
    this.#left = bytes
  }

  get isSpent(): boolean {
    return this.#left <= 0
  }

  /** A row of so many bytes was looked at. */
  spend(bytes = 0): void {
    this.#left -= bytes + perRow
  }
}
