import type { Millis } from '../../model/ids.ts'
import type { Waiting } from './needs.ts'

/**
 * The place of one that waits, lowest first: each point of priority counts as having come so much earlier. That is settled once for each
 * of them, so that whoever comes later than all of that comes after: nobody is overtaken for ever. Who has given way comes after
 * who it gave way to: what it let go of it would else have again before that one had it.
 */
export function turnOf({ since, priority, behind }: Pick<Waiting, 'since' | 'priority' | 'behind'>, ageing: Millis): number {
  return Math.max(since - priority * ageing, behind + 1)
}

/** Those that wait, in their order. */
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
    const [a, b] = [turnOf(one, this.#ageing), turnOf(other, this.#ageing)]
    return a === b ? one.id < other.id : a < b
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
