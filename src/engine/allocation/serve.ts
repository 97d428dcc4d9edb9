/**
 * Who of those that wait is served, and who is not: a pure function of what there is.
 *
 * What somebody needs comes in tiers, from the particular to the general: resources, then how many attempts of the step go on at
 * once, of the workflow, of all. Whoever lets go of something particular lets go of all that is more general with it.
 *
 * Laws (each is a property in the test):
 * 1. What is granted fits into what is free, all that somebody needs at once.
 * 2. Nobody is overtaken to its harm. Who would be served if nothing at all were held has kept for it what it needs, up to the
 *    first tier of which it lacks something. So whoever is first comes to have one tier after the other, and everybody comes to
 *    be first.
 * 3. Who needs more than there is holds up nobody.
 * 4. Whoever holds what another waits for is not kept waiting by that one: what is kept for the other is not kept from it.
 * 5. Whoever would wait in a circle by what it was granted is not granted it, and keeps nothing from others as long as that is so: what
 *    it kept from one that comes before who it yields to, nobody would have, though nobody held it.
 */

/** So much of each, by its name. */
export type Amounts = ReadonlyMap<string, number>

export interface Wanting {
  readonly tiers: readonly Amounts[]
  /** The same for all that need the same. */
  readonly likeness: string
}

/** How much there is of what has that name; infinite where there is no bound. */
export type HowMuch = (name: string) => number

/** Whether the one ahead gets nothing before the other has had what it wants, and has let go of what it holds. */
export type WaitsFor<W> = (ahead: W, other: W) => boolean

/** What is known of those that wait beside what they want: by law 4 and law 5. */
export interface Entangled<W> {
  readonly waitsFor: WaitsFor<W>
  /** Whether it would close a circle by having what it wants: somebody that it waits for elsewhere wants that too. */
  readonly yields: (wanting: W) => boolean
}

const apart: Entangled<unknown> = { waitsFor: () => false, yields: () => false }

/** Of those that wait, in their order, all that can be served together now. */
export function served<W extends Wanting>(inOrder: Iterable<W>, capacity: HowMuch, free: HowMuch, { waitsFor, yields }: Entangled<W> = apart): W[] {
  const whole = new Rest(capacity)
  const left = new Rest(free)
  const granted: W[] = []
  const kept: Kept<W>[] = []
  // What is left only becomes less: who needs the same as one that got nothing gets nothing.
  const inVain = new Set<string>()
  for (const wanting of inOrder) {
    const { tiers, likeness } = wanting
    if (inVain.has(likeness)) continue
    const isNext = tiers.every((tier) => whole.has(tier))
    const lacking = tiers.findIndex((tier) => !left.has(tier))
    const fits = lacking === -1 || overtakes(wanting)
    if (fits && yields(wanting)) continue
    if (isNext) whole.takeAll(tiers)
    if (fits) {
      granted.push(wanting)
      left.takeAll(tiers)
    } else if (isNext) {
      const own = { by: wanting, tiers: tiers.slice(0, lacking + 1) }
      kept.push(own)
      left.takeAll(own.tiers)
    } else {
      inVain.add(likeness)
    }
  }
  return granted

  function overtakes(wanting: W): boolean {
    const others = kept.filter(({ by }) => !waitsFor(by, wanting))
    if (others.length === kept.length) return false
    const rest = new Rest(free)
    for (const { tiers } of [...granted, ...others]) rest.takeAll(tiers)
    return wanting.tiers.every((tier) => rest.has(tier))
  }
}

/** What somebody that lacks something has kept for it. */
interface Kept<W> {
  readonly by: W
  readonly tiers: readonly Amounts[]
}

class Rest {
  readonly #of: HowMuch
  readonly #taken = new Map<string, number>()

  constructor(of: HowMuch) {
    this.#of = of
  }

  has(needs: Amounts): boolean {
    return needs.entries().every(([name, amount]) => this.#of(name) - (this.#taken.get(name) ?? 0) >= amount)
  }

  takeAll(tiers: readonly Amounts[]): void {
    for (const tier of tiers) this.take(tier)
  }

  take(needs: Amounts): void {
    for (const [name, amount] of needs) this.#taken.set(name, (this.#taken.get(name) ?? 0) + amount)
  }
}

export function added(to: Map<string, number>, amounts: Amounts, times: 1 | -1 = 1): void {
  for (const [name, amount] of amounts) {
    const sum = (to.get(name) ?? 0) + times * amount
    if (sum === 0) to.delete(name)
    else to.set(name, sum)
  }
}
