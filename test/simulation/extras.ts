/** What the lives of some seeds have beside what all have: those of the others go the way that they always went. */
export interface Extras {
  /** Runs hold things over several steps. */
  readonly holds: boolean
  /** Steps name what they reach, and its breaker opens soon. */
  readonly breakers: boolean
  /** Steps name what they reach, and that has too much of it now and then. */
  readonly throttles: boolean
  /** Policy has every strategy, in chains of all kinds, and little patience. */
  readonly strategies: boolean
  /** Workflows begin runs of others. */
  readonly children: boolean
}

/** Of every twenty-four lives: beside all that the others have, too. */
const withChildren: ReadonlySet<number> = new Set([5, 12, 13, 16, 18, 20, 21, 22])

export function extrasOf(seed: number): Extras {
  const kind = seed % 12
  return { holds: [5, 11].includes(kind), breakers: [0, 6].includes(kind), throttles: [8, 9].includes(kind), strategies: [0, 2, 8, 11].includes(kind), children: withChildren.has(seed % 24) }
}
