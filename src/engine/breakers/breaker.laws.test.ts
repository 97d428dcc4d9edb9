/** One breaker, whatever happens to it: what it lets through, and when. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BreakerRules } from '../../model/policy/breaker-rules.ts'
import { admitted, type Breaker, closed, closedAt, heldUntil, type Outcome, recent, settled } from './breaker.ts'

const rules = BreakerRules.parse({ failures: 3, within: '10s', cool_down: '5s' })
const who = fc.constantFrom('a', 'b', 'c', 'd')
const happening = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('tries' as const), who }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('ends' as const), who, as: fc.constantFrom<Outcome>('answered', 'failed', 'failed', 'gone') }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('passes' as const), millis: fc.integer({ min: 0, max: 7_000 }) }) },
)

interface Moment {
  readonly before: Breaker
  readonly after: Breaker
  readonly now: number
  readonly event: typeof happening extends fc.Arbitrary<infer E> ? E : never
  readonly isHeld: boolean
}

function law(check: (moment: Moment, all: readonly Moment[]) => void): void {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 80 }), (events) => {
      let [breaker, now] = [closedAt(0), 0]
      const all: Moment[] = []
      for (const event of events) {
        const before = breaker
        let isHeld = false
        if (event.do === 'passes') now += event.millis
        else if (event.do === 'ends') breaker = settled(before, event.who, event.as, now, rules)
        else {
          isHeld = heldUntil(before, event.who, now, rules) !== null
          if (!isHeld) breaker = admitted(before, event.who, now)
        }
        all.push({ before, after: breaker, now, event, isHeld })
        check(all[all.length - 1] ?? { before, after: breaker, now, event, isHeld }, all)
      }
    }),
    { numRuns: 500 },
  )
}

test('it opens after so many failures within the time, and after no fewer', () => {
  law(({ before, after, now }) => {
    if (before.status !== 'closed' || after.status !== 'open') return
    expect(recent(before, now, rules)).toHaveLength(rules.failures - 1)
    expect(after.until).toBe(now + rules.cool_down)
  })
  law(({ after, now }) => {
    if (after.status === 'closed') expect(recent(after, now, rules).length).toBeLessThan(rules.failures)
  })
})

test('an open one lets nobody through before its time, and a half-open one no more than one in each cool-down', () => {
  law(({ before, event, isHeld, now }) => {
    if (event.do === 'tries' && before.status === 'open') expect(isHeld).toBe(now < before.until)
  })
  law((_, all) => {
    const probes = all.flatMap(({ before, after }) => (after.probe !== null && after.probe !== before.probe ? [after.probe.since] : []))
    const gone = all.some(({ event }) => event.do === 'ends')
    if (!gone) for (const [index, since] of probes.slice(1).entries()) expect(since - (probes[index] ?? 0)).toBeGreaterThanOrEqual(rules.cool_down)
  })
})

test('only the one that it let through closes it', () => {
  law(({ before, after, event }) => {
    if (before.status === 'closed' || after.status !== 'closed') return
    expect(event).toMatchObject({ do: 'ends', as: 'answered', who: before.probe?.who })
  })
})

test('whoever is held knows until when, and nobody is held for longer than a cool-down', () => {
  law(({ before, event, now }) => {
    if (event.do !== 'tries') return
    const until = heldUntil(before, event.who, now, rules)
    if (until === null) return
    expect(until).toBeGreaterThan(now)
    expect(until - now).toBeLessThanOrEqual(rules.cool_down)
  })
})

test('closed by a person, it has counted nothing', () => {
  law(({ after, now }) => expect(closed(after, now)).toEqual(closedAt(now)))
})
