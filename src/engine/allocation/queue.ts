import type { Millis } from '../../model/ids.ts'
import type { Waiting } from './needs.ts'

/**
 * Those that wait, in their order: each point of priority counts as having come so much earlier. That is settled once for each
 * of them, so that whoever comes later than all of that comes after: nobody is overtaken for ever.
 */
export class Queue {
  readonly #ageing: Millis
  readonly #inOrder: Waiting[] = []

  constructor(ageing: Millis) {
    this.#ageing = ageing
  }

  get size(): number {
    return this.#inOrder.length
  }

  values(): ArrayIterator<Waiting> {
    return this.#inOrder.values()
  }

  /** Those that come before it, from a place on, which counts from 0. */
  before(waiting: Waiting, from: number): readonly Waiting[] {
    return this.#inOrder.slice(from, this.#placeOf(waiting))
  }

  add(waiting: Waiting): void {
    this.#inOrder.splice(this.#placeOf(waiting), 0, waiting)
  }

  remove(waiting: Waiting): void {
    const place = this.#placeOf(waiting)
    if (this.#inOrder[place]?.id === waiting.id) this.#inOrder.splice(place, 1)
  }

  isBefore(one: Waiting, other: Waiting): boolean {
    const [a, b] = [this.#turnOf(one), this.#turnOf(other)]
    return a === b ? one.id < other.id : a < b
  }

  #turnOf({ since, priority }: Waiting): number {
    return since - priority * this.#ageing
  }

  /** Where it stands, or belongs. */
  #placeOf(waiting: Waiting): number {
    let [low, high] = [0, this.#inOrder.length]
    while (low < high) {
      const middle = (low + high) >> 1
      const there = this.#inOrder[middle]
      if (there !== undefined && this.isBefore(there, waiting)) low = middle + 1
      else high = middle
    }
    return low
  }
}
