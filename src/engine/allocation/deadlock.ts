/**
 * Which of the runs that wait will wait for ever, and the circles that they wait in.
 *
 * Two things are asked one after the other. *Can it ever end?* Whoever's wish fits into what is free is taken to have it, to end,
 * and to let go of all that it holds; over and over, until nobody is left whose wish fits. What is left never ends, and of nothing
 * else that can be said: there may be several of a resource, so that who waits for one of its holders may be served by another.
 * *Who waits for whom?* Among what is left, each wait leads to what it lacks, what is held to the waits before its end, a child to
 * its own waits. All of it leads somewhere, so there are circles; what only waits behind one is of none.
 */
import type { RunId } from '../../model/ids.ts'
import { added, type HowMuch } from './serve.ts'
import type { Waiting } from './needs.ts'
import type { AwaitedChild, Tangled, TangledHold } from './tangle.ts'

/** One stretch of the way round: a wait for what the next one holds, something held, or a pass that waits for a child to end. */
export type Stretch =
  | { readonly of: Tangled; readonly wait: Waiting }
  | { readonly of: Tangled; readonly hold: TangledHold }
  | { readonly of: Tangled; readonly child: AwaitedChild }

/** The way round from something held back to it, which is the first of it. */
export interface Circle {
  readonly by: Tangled
  readonly way: readonly Stretch[]
  /** Somebody waits for what a run holds that itself waits for its end: whoever gives way, they meet there again. */
  readonly isWithin: boolean
}

export type IsUnder = (run: RunId, above: RunId) => boolean

/** A shortest circle of each thing held that is in one: of those that others may be helped out of first, and only where there are none of the others. */
export function circlesIn(all: readonly Tangled[], capacity: HowMuch, isUnder: IsUnder): readonly Circle[] {
  const knot = knotOf(all, capacity)
  const held = all.flatMap((of) => of.holds.filter((hold) => knot.holds.has(hold)).map((hold) => ({ of, hold })))
  const helped = held.flatMap(({ of, hold }) => circle(of, hold, (from, to) => !isWithin(from, to, isUnder)) ?? [])
  return helped.length > 0 ? helped : held.flatMap(({ of, hold }) => circle(of, hold, () => true) ?? [])

  function circle(by: Tangled, start: TangledHold, mayGo: (from: Stretch, to: Stretch) => boolean): Circle | undefined {
    const ways: Stretch[][] = [[{ of: by, hold: start }]]
    const seen = new Set<object>()
    for (const way of ways) {
      const last = way.at(-1)
      for (const next of last === undefined ? [] : knot.after(last)) {
        if (last === undefined || !mayGo(last, next)) continue
        const thing = thingOf(next)
        if (thing === start) return { by, way, isWithin: isWithin(last, next, isUnder) }
        if (!seen.has(thing)) ways.push([...way, next])
        seen.add(thing)
      }
    }
    return undefined
  }
}

/** A run waits for what one above it holds, or it itself. */
function isWithin(from: Stretch, to: Stretch, isUnder: IsUnder): boolean {
  return 'wait' in from && 'hold' in to && (from.of === to.of || isUnder(from.of.run, to.of.run))
}

function thingOf(stretch: Stretch): object {
  if ('wait' in stretch) return stretch.wait
  return 'hold' in stretch ? stretch.hold : stretch.child
}

/** What never ends. */
interface Knot {
  readonly holds: ReadonlySet<TangledHold>
  /** What the end of this waits for. */
  after(stretch: Stretch): readonly Stretch[]
}

function knotOf(all: readonly Tangled[], capacity: HowMuch): Knot {
  const byRun = new Map(all.map((each) => [each.run, each]))
  const waits = new Set(all.flatMap((each) => each.waits.filter(({ needs }) => needs.entries().every(([name, amount]) => amount <= capacity(name)))))
  const holds = new Set(all.flatMap((each) => each.holds))
  const held = new Map<string, number>()
  for (const { name, amount } of holds) added(held, new Map([[name, amount]]))
  const lacks = (name: string, amount: number): boolean => capacity(name) - (held.get(name) ?? 0) < amount
  const neverEnds = ({ child }: AwaitedChild): boolean => {
    const of = byRun.get(child)
    return of !== undefined && (of.waits.some((wait) => waits.has(wait)) || of.children.some(neverEnds))
  }

  for (let isLess = true; isLess; ) {
    const left = waits.size + holds.size
    for (const wait of waits) if (!wait.needs.entries().some(([name, amount]) => lacks(name, amount))) waits.delete(wait)
    for (const hold of holds) {
      if (hold.waits.some((wait) => waits.has(wait)) || hold.children.some(neverEnds)) continue
      holds.delete(hold)
      added(held, new Map([[hold.name, hold.amount]]), -1)
    }
    isLess = waits.size + holds.size < left
  }

  const ahead = (of: Tangled, { waits: own, children }: Pick<Tangled, 'waits' | 'children'>): Stretch[] => [
    ...own.filter((wait) => waits.has(wait)).map((wait) => ({ of, wait })),
    ...children.filter(neverEnds).map((child) => ({ of, child })),
  ]
  return {
    holds,
    after(stretch) {
      if ('hold' in stretch) return ahead(stretch.of, stretch.hold)
      if ('child' in stretch) {
        const of = byRun.get(stretch.child.child)
        return of === undefined ? [] : ahead(of, of)
      }
      const { needs } = stretch.wait
      return all.flatMap((of) => of.holds.filter((hold) => holds.has(hold) && needs.has(hold.name) && lacks(hold.name, needs.get(hold.name) ?? 0)).map((hold) => ({ of, hold })))
    },
  }
}
