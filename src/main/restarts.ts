/** After how long a host that dies counts as one that stood, in milliseconds. */
const stood = 60_000
const first = 500
const longest = 30_000

/**
 * How long to wait before a host that died is started again, in milliseconds: not at all where it had stood, then twice
 * as long with each that dies before it has.
 */
export class Restarts {
  #deaths = 0

  pauseAfter(lived: number): number {
    if (lived >= stood) this.#deaths = 0
    const pause = this.#deaths === 0 ? 0 : Math.min(longest, first * 2 ** (this.#deaths - 1))
    this.#deaths += 1
    return pause
  }
}
