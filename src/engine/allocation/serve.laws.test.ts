import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { added, type Amounts, served, type Wanting } from './serve.ts'

interface Claim extends Wanting {
  readonly id: number
  readonly needs: Amounts
}

const names = ['a', 'b', 'c'] as const
const amounts = fc
  .record({ a: fc.nat(3), b: fc.nat(3), c: fc.nat(3) })
  .map((each): Amounts => new Map(Object.entries(each).filter(([, amount]) => amount > 0)))
  .filter(({ size }) => size > 0)
/** Of what is needed, `c` is more general than the others. */
const claim = (needs: Amounts, id: number): Claim => {
  const tier = (...of: readonly string[]): Amounts => new Map([...needs].filter(([name]) => of.includes(name)))
  return { id, needs, tiers: [tier('a', 'b'), tier('c')], likeness: JSON.stringify([...needs]) }
}
const claims = fc.array(amounts, { maxLength: 12 }).map((all) => all.map(claim))
const whole = fc.record({ a: fc.nat(4), b: fc.nat(4), c: fc.nat(4) })

const of = (sums: Readonly<Record<string, number>>) => (name: string): number => sums[name] ?? 0
const sumOf = (all: readonly Claim[]): Map<string, number> => {
  const sums = new Map<string, number>()
  for (const { needs } of all) added(sums, needs)
  return sums
}
const mayEverBe = ({ needs }: Claim, capacity: (name: string) => number): boolean => needs.entries().every(([name, amount]) => amount <= capacity(name))

describe('who is served', () => {
  test('never gets more than is free, all of them together', () => {
    fc.assert(
      fc.property(claims, whole, fc.nat(4), (waiting, there, taken) => {
        const capacity = of(there)
        const free = (name: string): number => capacity(name) - taken
        for (const [name, sum] of sumOf(served(waiting, capacity, free))) expect(sum).toBeLessThanOrEqual(free(name))
      }),
    )
  })

  test('is whoever is first, once nothing that it needs is held: nobody behind it has it', () => {
    fc.assert(
      fc.property(claims, whole, (waiting, there) => {
        const capacity = of(there)
        const first = waiting.find((each) => mayEverBe(each, capacity))
        const now = served(waiting, capacity, capacity)
        expect(first === undefined || now.includes(first)).toBe(true)
      }),
    )
  })

  test('is who would be with another way to the same: what needs the same as one in vain is not looked at', () => {
    fc.assert(
      fc.property(claims, whole, fc.nat(2), (waiting, there, taken) => {
        const capacity = of(there)
        const free = (name: string): number => capacity(name) - taken
        const apart = waiting.map((each) => ({ ...each, likeness: String(each.id) }))
        expect(served(waiting, capacity, free).map(({ id }) => id)).toEqual(served(apart, capacity, free).map(({ id }) => id))
      }),
    )
  })

  test('is everybody in the end, whoever else comes and however long the others hold', () => {
    fc.assert(
      fc.property(claims, whole, fc.array(fc.record({ needs: amounts, letsGo: fc.nat(5) }), { maxLength: 60 }), (waiting, there, events) => {
        const capacity = of(there)
        const holding: Claim[] = []
        let queue = waiting.filter((each) => mayEverBe(each, capacity))
        const own = new Set(queue.map(({ id }) => id))
        let next = waiting.length
        const step = (): void => {
          const held = sumOf(holding)
          const now = served(queue, capacity, (name) => capacity(name) - (held.get(name) ?? 0))
          holding.push(...now)
          queue = queue.filter((each) => !now.includes(each))
          for (const [name, sum] of sumOf(holding)) expect(sum).toBeLessThanOrEqual(capacity(name))
        }
        step()
        for (const { needs, letsGo } of events) {
          queue.push(claim(needs, (next += 1)))
          holding.splice(letsGo, 1)
          step()
        }
        // From here on somebody comes each time that somebody lets go, and wants what there is least of.
        for (let round = 0; queue.some(({ id }) => own.has(id)); round += 1) {
          expect(round).toBeLessThan(1_000)
          queue.push(claim(new Map([[names[round % 3] ?? 'a', 1]]), (next += 1)))
          holding.shift()
          step()
        }
      }),
    )
  })

  test('is not kept waiting by who waits for it, and nobody gets more than is free by that', () => {
    fc.assert(
      fc.property(claims, amounts, whole, fc.nat(2), (waiting, needs, there, taken) => {
        const capacity = of(there)
        const free = (name: string): number => capacity(name) - taken
        // Who holds something, so that others wait for it, is like nobody else.
        const last = { ...claim(needs, -1), likeness: 'last' }
        const now = served([...waiting, last], capacity, free, { waitsFor: (_, other) => other === last, yields: () => false })
        const others = sumOf(now.filter((each) => each !== last))
        const fits = needs.entries().every(([name, amount]) => amount <= free(name) - (others.get(name) ?? 0))
        expect(now.includes(last)).toBe(fits)
        for (const [name, sum] of sumOf(now)) expect(sum).toBeLessThanOrEqual(free(name))
        expect(served(waiting, capacity, free)).toEqual(now.filter((each) => each !== last))
      }),
    )
  })

  test('is not who would close a circle by it: the others are served as if it was not there', () => {
    fc.assert(
      fc.property(claims, amounts, whole, (waiting, needs, there) => {
        const capacity = of(there)
        const [first, last] = [-2, -1].map((id) => ({ ...claim(needs, id), likeness: String(id) }))
        if (first === undefined || last === undefined) throw new Error('there are two')
        const entangled = { waitsFor: (by: Claim, other: Claim) => by === first && other === last, yields: (each: Claim) => each === first }
        expect(served([first, ...waiting, last], capacity, capacity, entangled)).toEqual(served([...waiting, last], capacity, capacity))
      }),
    )
  })

  test('is not held up by who needs more than there is', () => {
    const never = claim(new Map([['a', 5], ['b', 1]]), 0)
    const small = claim(new Map([['b', 1]]), 1)
    expect(served([never, small], () => 1, () => 1)).toEqual([small])
  })

  test('is not held up in what is general by who lacks what is particular', () => {
    const flood = claim(new Map([['a', 1], ['c', 1]]), 0)
    const other = claim(new Map([['b', 1], ['c', 1]]), 1)
    const free = (name: string): number => (name === 'a' ? 0 : 1)
    expect(served([flood, other], () => 1, free)).toEqual([other])
  })

  test('waits behind who is next, and not behind who is far', () => {
    const both = claim(new Map([['a', 1], ['b', 1]]), 0)
    const later = claim(new Map([['a', 1], ['b', 1]]), 1)
    const small = claim(new Map([['b', 1]]), 2)
    const capacity = (name: string): number => (name === 'a' ? 1 : 2)
    const free = (name: string): number => (name === 'a' ? 0 : 2)
    // `a` is held: one of b is kept for the first, and none for the second, who has to wait for the first in any case.
    expect(served([both, later, small], capacity, free)).toEqual([small])
    expect(served([both, later, small, claim(new Map([['b', 1]]), 3)], capacity, free)).toEqual([small])
  })
})
