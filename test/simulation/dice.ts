import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { ulid } from 'ulid'
import type { Randomness } from '../../src/engine/ports.ts'

/** Everything random in a simulation comes from one seed: each part of the world has dice of its own, in an order of its own. */
export class Dice implements Randomness {
  readonly #generator: ReturnType<typeof xoroshiro128plus>

  constructor(seed: number) {
    this.#generator = xoroshiro128plus(seed)
  }

  /** The dice of a part of the world, whatever others have thrown. */
  static of(seed: number, ...part: readonly (string | number)[]): Dice {
    let hash = 0x811c_9dc5
    for (const letter of [seed, ...part].join('/')) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x0100_0193)
    return new Dice(hash)
  }

  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number {
    return uniformInt(this.#generator, low, high)
  }

  /** True in so many of a hundred cases. */
  percent(chance: number): boolean {
    return this.int(1, 100) <= chance
  }

  /** One of the choices, by weight. */
  weighted<T extends string>(choices: Readonly<Record<T, number>>): T {
    const entries = Object.entries<number>(choices)
    const total = entries.reduce((sum, [, weight]) => sum + weight, 0)
    let left = this.int(1, total)
    for (const [choice, weight] of entries) {
      left -= weight
      if (left <= 0 && isKeyOf(choices, choice)) return choice
    }
    throw new Error('no choice has any weight')
  }

  pick<T>(from: readonly T[]): T {
    const found = from[this.int(0, from.length - 1)]
    if (found === undefined) throw new Error('nothing to pick from')
    return found
  }

  fraction(): number {
    return this.int(0, 0x7fff_fffe) / 0x7fff_ffff
  }

  bytes(count: number): Uint8Array {
    return Uint8Array.from({ length: count }, () => this.int(0, 255))
  }

  ulid(now: number): string {
    return ulid(now, () => this.fraction())
  }
}

function isKeyOf<T extends string>(record: Readonly<Record<T, number>>, key: string): key is T {
  return key in record
}
