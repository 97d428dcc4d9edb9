import type { StepId } from '../../model/ids.ts'
import type { Manifest, StepManifest } from '../../model/manifest.ts'

/** What is told of a step once somebody asks: for all of a thousand steps, it would take a third of a second beforehand. */
export interface Told<T> {
  /** Undefined where there is no such step. */
  get(step: StepId): T | undefined
}

/** A manifest with its edges walked once: everything the planner asks about who needs whom. */
export interface Graph {
  readonly manifest: Manifest
  readonly steps: ReadonlyMap<StepId, StepManifest>
  /** Steps in an order in which each stands after all that it needs. */
  readonly order: readonly StepId[]
  /** Steps that name this one in their needs. */
  readonly dependents: ReadonlyMap<StepId, readonly StepId[]>
  /** All that a step needs, directly or through others. */
  readonly ancestors: Told<ReadonlySet<StepId>>
  /** A step and all that transitively needs it, in order: what a loop to it renews. */
  readonly renewedBy: Told<readonly StepId[]>
  /** The step that a fallback stands in for. */
  readonly primaryOf: ReadonlyMap<StepId, StepId>
}

/**
 * Walks a manifest that has been checked: needs are known and have no cycle.
 * @throws Error where they do, since a revision like that is never stored.
 */
export function graphOf(manifest: Manifest): Graph {
  const steps = new Map(manifest.steps.map((step) => [step.id, step]))
  const dependents = new Map<StepId, StepId[]>(manifest.steps.map((step) => [step.id, []]))
  const order = topological(manifest)
  for (const id of order) for (const need of steps.get(id)?.needs ?? []) dependents.get(need)?.push(id)

  const ancestors = ancestorsIn(order, steps)
  const fallbacks = manifest.steps.flatMap((step) => (step.fallback === null ? [] : [[step.fallback, step.id] as const]))
  const primaryOf = new Map(fallbacks)
  const renewedBy = whenAsked(steps, (id) => renewed(id, order, ancestors, primaryOf))
  return { manifest, steps, order, dependents, ancestors, renewedBy, primaryOf }
}

/** The steps whose outputs are what a run comes to: those that no other needs. A fallback's is that of the step that it stands in for. */
export function resultSteps({ order, steps, dependents }: Graph): readonly StepId[] {
  return order.filter((id) => steps.get(id)?.onlyAsFallback === false && (dependents.get(id) ?? []).length === 0)
}

/** Told of one step after the other, up to the one that is asked: what a step needs comes before it. */
function ancestorsIn(order: readonly StepId[], steps: Graph['steps']): Graph['ancestors'] {
  const told = new Map<StepId, ReadonlySet<StepId>>()
  const rest = order.values()
  const tell = (step: StepId): void => {
    const own = new Set<StepId>()
    for (const need of steps.get(step)?.needs ?? []) {
      own.add(need)
      for (const further of told.get(need) ?? []) own.add(further)
    }
    told.set(step, own)
  }
  return {
    get(step) {
      while (!told.has(step)) {
        const next = rest.next()
        if (next.done === true) return undefined
        tell(next.value)
      }
      return told.get(step)
    },
  }
}

function whenAsked<T extends object>(steps: Graph['steps'], tell: (step: StepId) => T): Told<T> {
  const told = new Map<StepId, T>()
  return {
    get(step) {
      if (!steps.has(step)) return undefined
      const answer = told.get(step) ?? tell(step)
      told.set(step, answer)
      return answer
    },
  }
}

/** First all that need nothing, then what needs nothing but those, and so on; each time in the manifest's order. */
function topological({ name, steps }: Manifest): StepId[] {
  const needing = new Map<StepId, number[]>(steps.map(({ id }) => [id, []]))
  for (const [place, { needs }] of steps.entries()) for (const need of new Set(needs)) needing.get(need)?.push(place)
  const lacking = steps.map(({ needs }) => new Set(needs).size)

  const order: StepId[] = []
  let ready = [...steps.keys()].filter((place) => lacking[place] === 0)
  while (ready.length > 0) {
    const next: number[] = []
    for (const { id } of ready.flatMap((place) => steps[place] ?? [])) {
      order.push(id)
      for (const place of needing.get(id) ?? []) {
        lacking[place] = (lacking[place] ?? 0) - 1
        if (lacking[place] === 0) next.push(place)
      }
    }
    ready = next.toSorted((a, b) => a - b)
  }
  if (order.length < steps.length) throw new Error(`workflow ${name} has steps that need one another`)
  return order
}

/** A fallback is renewed with the step that it stands in for. */
function renewed(
  target: StepId,
  order: readonly StepId[],
  ancestors: Graph['ancestors'],
  primaryOf: ReadonlyMap<StepId, StepId>,
): readonly StepId[] {
  const within = (id: StepId): boolean => {
    if (id === target || ancestors.get(id)?.has(target) === true) return true
    const primary = primaryOf.get(id)
    return primary !== undefined && within(primary)
  }
  return order.filter(within)
}
