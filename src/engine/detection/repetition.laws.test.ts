import fc from 'fast-check'
import { expect, test } from 'vitest'
import { StepId } from '../../model/ids.ts'
import { type Came, periodOf, returns } from './repetition.ts'

const came = (step: string, to: string): Came => ({ step: StepId.parse(step), iteration: 1, to })
const same = (a: Came | undefined, b: Came | undefined): boolean => a?.step === b?.step && a?.to === b?.to
const anywhere = () => true

/** What happens by chance among few steps and few outputs repeats itself often. */
const chance = fc.array(fc.record({ step: fc.constantFrom('a', 'b', 'c'), to: fc.constantFrom('x', 'y') }), { maxLength: 40 })
const passesOf = (list: readonly { step: string; to: string }[]): Came[] => list.map(({ step, to }) => came(step, to))
const times = fc.integer({ min: 2, max: 5 })

/** As it is defined, without any cleverness. */
function periodByDefinition(passes: readonly Came[], count: number): number | undefined {
  for (let period = 1; period * count <= passes.length; period += 1) {
    const last = passes.slice(passes.length - period * count)
    if (last.every((pass, index) => index < period || same(pass, last[index - period]))) return period
  }
  return undefined
}

/** Of a state, only what each step came to last counts, and which steps have been since the newest one was there before. */
function stateByDefinition(passes: readonly Came[], place: number): string {
  const upTo = passes.slice(0, place + 1)
  const before = upTo.findLastIndex(({ step }, index) => index < place && step === passes[place]?.step)
  const latest = ['a', 'b', 'c'].map((id) => upTo.findLast(({ step }) => step === id)?.to ?? 'none')
  return JSON.stringify([latest, [...new Set(upTo.slice(before + 1).map(({ step }) => step))].toSorted()])
}

test('the period is what it is by definition', () => {
  fc.assert(
    fc.property(chance, times, (list, count) => {
      const passes = passesOf(list)
      expect(periodOf(passes, count)).toBe(periodByDefinition(passes, count))
    }),
    { numRuns: 2_000 },
  )
})

test('returns are to the same state, by definition', () => {
  fc.assert(
    fc.property(chance, (list) => {
      const passes = passesOf(list)
      const present = stateByDefinition(passes, passes.length - 1)
      const expected = passes.flatMap(({ step }, place) => (step === passes.at(-1)?.step && stateByDefinition(passes, place) === present ? [place] : []))
      expect(returns(passes, anywhere)).toEqual(expected)
    }),
    { numRuns: 2_000 },
  )
})

test('a cycle of any period is found when it has come as often as it has to, begun anywhere, and not before', () => {
  const planted = fc
    .record({ window: fc.integer({ min: 4, max: 200 }), count: times })
    .chain(({ window, count }) =>
      fc.record({ count: fc.constant(count), period: fc.integer({ min: 1, max: Math.max(1, Math.floor(window / count)) }), before: fc.integer({ min: 0, max: 30 }), turned: fc.nat() }),
    )
  fc.assert(
    fc.property(planted, ({ count, period, before, turned }) => {
      // Within the cycle each pass is another, by its step or by what it came to.
      const cycle = Array.from({ length: period }, (_, index) => came(`s${index % 5}`, `${(index + turned) % period}`))
      const lead = Array.from({ length: before }, (_, index) => came(`s${index % 5}`, `before ${index}`))
      const whole = [...lead, ...Array.from({ length: count }, () => cycle).flat()]
      expect(periodOf(whole, count)).toBe(period)
      for (let length = 0; length < whole.length; length += 1) expect(periodOf(whole.slice(0, length), count)).toBeUndefined()
    }),
    { numRuns: 200 },
  )
})

test('a loop that comes to something new each time round is never found', () => {
  const laps = fc.array(fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 60 })
  fc.assert(
    fc.property(laps, fc.nat(), times, (steps, which, count) => {
      const passes = steps.flatMap((lap, round) => lap.map((step, index) => came(step, index === which % lap.length ? `new ${round}` : 'as ever')))
      for (let length = 1; length <= passes.length; length += 1) {
        const period = periodOf(passes.slice(0, length), count)
        // Within one time round, what is as ever may follow upon itself: that is no more than it can hold.
        if (period !== undefined) expect(period * count).toBeLessThan(12)
      }
      const [last] = steps.at(-1) ?? []
      const closed = [...passes, came(last ?? 'a', `new ${steps.length}`)]
      expect(periodOf(closed, count)).toBeUndefined()
      expect(returns(closed, anywhere)).toHaveLength(1)
    }),
    { numRuns: 500 },
  )
})
