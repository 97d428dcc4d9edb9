/** What nobody planned in the life of a seed: people, deaths and faults, in the order in which they came. */

export interface Told {
  /** The same in a life that goes the same way up to it, however much else is left out. */
  readonly key: string
  readonly at: number
  /** What kind of thing it is: `crash`, `death`. */
  readonly what: string
  /** Whom it meets. */
  readonly whom: string
}

export class Story {
  readonly told: Told[] = []
  readonly #without: ReadonlySet<string>

  /** `without` are the keys of what does not happen this time. */
  constructor(without: ReadonlySet<string> = new Set()) {
    this.#without = without
  }

  /** Whether something happens now; what does is part of the story. */
  happens(key: string, at: number, what: string, whom = ''): boolean {
    if (this.#without.has(key)) return false
    this.told.push({ key, at, what, whom })
    return true
  }
}

/** A story line by line, times counted from its beginning. */
export function inLines(told: readonly Told[]): readonly string[] {
  const from = told[0]?.at ?? 0
  return told.map(({ at, what, whom }) => `${((at - from) / 1_000).toFixed(3).padStart(9)} s  ${what}${whom === '' ? '' : ` ${whom}`}`)
}
