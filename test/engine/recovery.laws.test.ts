/** Whatever the chain and the policy, recovery ends, within its limits, and all of it is on record. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ErrorRecord } from '../../src/model/error-record.ts'
import { codeStep } from '../../src/model/manifest.fixture.ts'
import { Rules, usualPolicy } from '../../src/model/policy/policy.ts'
import { StrategyName } from '../../src/model/recovery-strategy.ts'
import { isEnded } from '../../src/model/status.ts'
import type { Task, TaskResult } from '../../src/engine/ports.ts'
import { completed, failed, failure, step, Workbench } from './workbench.ts'

const day = 86_400_000
const chain = fc.array(fc.constantFrom(...StrategyName.options), { maxLength: 7 })

const drawn = fc.record({
  chain,
  timeouts: chain,
  resources: chain,
  limit: fc.integer({ min: 0, max: 8 }),
  factor: fc.double({ min: 1.1, max: 4, noNaN: true }),
  tries: fc.integer({ min: 1, max: 6 }),
  attempts: fc.option(fc.integer({ min: 1, max: 6 })),
  timeout: fc.integer({ min: 0, max: 2_000 }),
  optional: fc.boolean(),
  asks: fc.boolean(),
  standsIn: fc.boolean(),
})

/** What becomes of an attempt. `hangs` runs into its timeout. */
const fates = fc.array(fc.constantFrom('well', 'transient', 'permanent', 'crash', 'hangs', 'greedy', 'busy', 'throttled'), { minLength: 12, maxLength: 12 })
type Fate = typeof fates extends fc.Arbitrary<readonly (infer F)[]> ? F : never

function resultOf(fate: Fate, { allowance }: Task): TaskResult | undefined {
  switch (fate) {
    case 'well':
      return completed()
    case 'hangs':
      return undefined
    case 'greedy':
      return { type: 'cut_off', own: true, failure: { ...failure('resource', 'greedy'), exceeded: { of: 'memory', limit: allowance?.memory ?? 100_000_000 } } }
    case 'busy':
      return failed('resource')
    case 'throttled':
      return { type: 'failed', failure: { ...failure('resource', 'throttled'), retryAfter: 10_000 } }
    default:
      return failed(fate)
  }
}

test('recovery ends, within its limits, and all of it is on record', async () => {
  await fc.assert(
    fc.asyncProperty(drawn, fates, async (given, ahead) => {
      const { chain, timeouts: timeout, resources: resource, limit, factor, tries, attempts } = given
      const retry = attempts === null ? null : { attempts, initial: 10, factor: 2, max: 1_000, jitter: 0 }
      const rules = Rules.parse({
        recovery: { chain, chains: { timeout, resource }, limit, longer_timeout: { factor, ceiling: '10s' }, wait_for_resource: { factor, tries, memory: '1GB' } },
      })
      let next = 0
      const script = (task: Task): TaskResult | undefined => resultOf(ahead[next++ % ahead.length] ?? 'well', task)
      const steps = [
        codeStep('a', [], {
          retry,
          timeout: given.timeout,
          optional: given.optional,
          onFailure: given.asks ? 'ask' : 'fail',
          fallback: given.standsIn ? step('b') : null,
        }),
        ...(given.standsIn ? [codeStep('b', [], { onlyAsFallback: true, retry, timeout: given.timeout })] : []),
      ]
      const bench = new Workbench(steps, { script: { a: script, b: script }, policy: () => ({ ...usualPolicy, usual: rules }) })
      const run = await bench.start()
      await bench.pass(day)

      const record = bench.record(run)
      expect(isEnded(record.status) || record.waiting === 'decision' || record.waiting === 'dead_letter', `it is ${record.status}, ${record.waiting}`).toBe(true)
      expect(record.recoveries).toBeLessThanOrEqual(limit)
      expect(bench.execution.tasks.length).toBeLessThanOrEqual(1 + limit)
      const errors = [...(bench.disk.runs.get(run)?.errors.values() ?? [])]
      expect(errors.flatMap(({ recoveries }) => recoveries).filter(isCounted).length).toBe(record.recoveries)
      for (const error of errors) expectOnRecord(error, isEnded(record.status))
      const begun = bench.events(run).flatMap((event) => (event.type === 'attempt_started' ? [event] : []))
      for (const { timeout: had, allowance } of begun) {
        expect(had).toBeLessThanOrEqual(10_000)
        expect(allowance?.memory ?? 0).toBeLessThanOrEqual(1_000_000_000)
      }
    }),
    { numRuns: 300 },
  )
})

const isCounted = ({ strategy }: ErrorRecord['recoveries'][number]): boolean => !['ask', 'dead_letter', 'fail', 'skip'].includes(strategy)

/** Each thing that was done says when it began, and once it is over, when it ended and what came of it. */
function expectOnRecord({ recoveries, made, status }: ErrorRecord, isOver: boolean): void {
  expect(recoveries.length).toBe(made)
  expect(made).toBeGreaterThan(0)
  for (const [index, { outcome, beganAt, endedAt, why }] of recoveries.entries()) {
    const isLast = index === recoveries.length - 1
    expect(why).not.toBe('')
    if (isOver || !isLast) expect(outcome).not.toBe('under_way')
    expect(outcome === 'under_way').toBe(endedAt === null)
    if (endedAt !== null) expect(endedAt).toBeGreaterThanOrEqual(beganAt)
  }
  if (isOver) expect(['recovered', 'failed', 'withdrawn']).toContain(status)
}
