/** Where a value becomes too large: asked only once it is refused, since it writes every text to measure it. */

export type Path = readonly (string | number)[]

/** Deeper than a value may be. */
const deepest = 1_000

/**
 * The first place up to which the RFC 8785 bytes of a value, closed there, are more than the limit. What is no JSON takes
 * nothing; each step into a container takes bytes, so that a cycle or shared parts end there, too.
 */
export function crossing(value: unknown, limit: number): Path {
  const measure = new Measure(limit)
  measure.crosses(value)
  return measure.path
}

class Measure {
  readonly path: (string | number)[] = []
  #left: number

  constructor(limit: number) {
    this.#left = limit
  }

  /** The path is left standing where it is true. */
  crosses(value: unknown): boolean {
    if (typeof value === 'string') return this.#takes(textBytes(value, this.#left))
    if (value === null || typeof value === 'number' || typeof value === 'boolean') return this.#takes(JSON.stringify(value).length)
    if (typeof value !== 'object') return false
    if (this.#takes(2)) return true
    if (this.path.length === deepest) return false
    return Array.isArray(value) ? this.#listCrosses(value) : this.#recordCrosses(value)
  }

  #listCrosses(items: readonly unknown[]): boolean {
    for (let index = 0; index < items.length; index++) if (this.#within(index, index === 0 ? 0 : 1, items[index])) return true
    return false
  }

  #recordCrosses(value: object): boolean {
    const names = Object.keys(value).toSorted()
    return names.some((name, index) => this.#within(name, textBytes(name, this.#left) + (index === 0 ? 1 : 2), Reflect.get(value, name)))
  }

  /** `before` is what stands before the item: a comma, its name, a colon. */
  #within(key: string | number, before: number, item: unknown): boolean {
    this.path.push(key)
    if (this.#takes(before) || this.crosses(item)) return true
    this.path.pop()
    return false
  }

  #takes(bytes: number): boolean {
    this.#left -= bytes
    return this.#left < 0
  }
}

/** What is longer than all that is left is not written out. */
function textBytes(text: string, left: number): number {
  return text.length > left ? text.length : Buffer.byteLength(JSON.stringify(text))
}
