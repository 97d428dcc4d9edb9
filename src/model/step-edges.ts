/** A step as far as its edges go: the same for a definition that is being read and for a manifest. */
export interface StepEdges {
  readonly id: string
  readonly needs: readonly string[]
  readonly fallback: string | null
  readonly onlyAsFallback: boolean
  readonly loop: { readonly to: readonly string[] } | null
  readonly edits?: { readonly step: string } | null
  readonly savepoint?: string | undefined
  readonly rollback?: { readonly to: string } | undefined
  readonly uses?: Readonly<Record<string, number>> | undefined
  readonly holds?: Readonly<Record<string, number>> | undefined
}

/** The edges between steps, walked. They may be wrong in any way: a step of a cycle comes before itself. */
export interface EdgeGraph {
  /** Of two steps with one id, the first. */
  readonly steps: ReadonlyMap<string, StepEdges>
  /** All that a step transitively needs. */
  before(step: string): ReadonlySet<string>
  /** Steps that name the given one as their fallback. */
  primaries(fallback: string): readonly string[]
  /** What the given one can stand in for: its primaries, and theirs. */
  standsInFor(fallback: string): ReadonlySet<string>
}

export function walkEdges(list: readonly StepEdges[]): EdgeGraph {
  const steps = new Map(list.toReversed().map((step) => [step.id, step]))
  const needsOf = (id: string): readonly string[] => steps.get(id)?.needs ?? []
  const before = new Map(list.map(({ id }) => [id, reach(needsOf(id), needsOf)]))
  const byFallback = Map.groupBy(list, ({ fallback }) => fallback)
  const primaries = (fallback: string): string[] => (byFallback.get(fallback) ?? []).map(({ id }) => id)
  const nothing: ReadonlySet<string> = new Set()
  return {
    steps,
    before: (step) => before.get(step) ?? nothing,
    primaries,
    standsInFor: (fallback) => reach(primaries(fallback), primaries),
  }
}

/** A shortest way from a step back to itself along needs, both ends included; undefined where there is none. */
export function cycleThrough(start: string, { steps, before }: EdgeGraph): readonly string[] | undefined {
  if (!before(start).has(start)) return undefined
  const paths: string[][] = [[start]]
  const seen = new Set<string>()
  for (const path of paths) {
    for (const need of steps.get(path.at(-1) ?? start)?.needs ?? []) {
      if (need === start) return [...path, start]
      if (!seen.has(need)) paths.push([...path, need])
      seen.add(need)
    }
  }
  return undefined
}

function reach(from: readonly string[], next: (id: string) => readonly string[]): ReadonlySet<string> {
  const reached = new Set(from)
  // A set that grows while it is walked is walked to its end.
  for (const id of reached) for (const further of next(id)) reached.add(further)
  return reached
}
