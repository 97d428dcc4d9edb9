import fc from 'fast-check'
import { expect, test } from 'vitest'
import { graphProblems } from '../../src/model/graph-problems.ts'
import { codeStep } from '../../src/model/manifest.fixture.ts'
import type { StepManifest } from '../../src/model/manifest.ts'
import { isEnded } from '../../src/model/status.ts'
import { skipped } from './scripts.ts'
import { completed, failed, step, Workbench } from './workbench.ts'

const count = 5
const which = fc.nat(count - 1)
const named = (index: number): string => `s${index}`

/** Whatever edges there may be: most of them sound, one in ten not. */
const edges = fc.array(
  fc.record({
    needs: fc.uniqueArray(which, { maxLength: 2 }),
    join: fc.constantFrom('all' as const, 'settled' as const),
    optional: fc.boolean(),
    fallback: fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: which }),
    to: fc.option(fc.nat(2), { freq: 2 }),
    onLimit: fc.constantFrom('continue' as const, 'fail' as const),
    isWild: fc.integer({ min: 0, max: 9 }).map((chance) => chance === 0),
  }),
  { minLength: count, maxLength: count },
)
type Drawn = typeof edges extends fc.Arbitrary<infer T> ? T : never

function stepsOf(drawn: Drawn): readonly StepManifest[] {
  const isStandIn = (index: number): boolean => drawn.some(({ fallback }) => fallback === index)
  return drawn.map(({ needs: wished, join, optional, fallback, to, onLimit, isWild }, index) => {
    const needs = isWild ? wished : wished.filter((need) => need < index && !isStandIn(need))
    const target = to === null ? null : [index, ...needs][to % (needs.length + 1)]
    return codeStep(named(index), needs.map(named), {
      join,
      optional,
      conditional: true,
      fallback: fallback === null ? null : step(named(fallback)),
      onlyAsFallback: isStandIn(index) !== isWild,
      loop: target === null || target === undefined ? null : { to: [step(named(target))], max: 2, onLimit },
      retry: { attempts: 1, initial: 0, factor: 1, max: 0, jitter: 0 },
    })
  })
}

test('a workflow whose graph has no problem never comes to a standstill', async () => {
  const fates = fc.array(fc.constantFrom('well', 'fails', 'left out', 'back'), { minLength: 40, maxLength: 40 })
  let met = 0
  await fc.assert(
    fc.asyncProperty(edges, fates, async (drawn, ahead) => {
      const steps = stepsOf(drawn)
      fc.pre(graphProblems(steps).length === 0)
      met += 1
      let next = 0
      const live = (index: number) => () => {
        const fate = ahead[next++ % ahead.length]
        if (fate === 'fails') return failed('permanent')
        if (fate === 'left out') return skipped()
        return completed(next, fate === 'back' ? (steps[index]?.loop?.to[0] ?? null) : null)
      }
      const bench = new Workbench(steps, { script: Object.fromEntries(steps.map(({ id }, index) => [id, live(index)])) })
      const { status, failure } = bench.record(await bench.start())
      expect(isEnded(status)).toBe(true)
      expect(['deadlock', 'stuck']).not.toContain(failure?.class)
    }),
    { numRuns: 300, maxSkipsPerRun: 1_000 },
  )
  expect(met).toBeGreaterThanOrEqual(300)
})
