/** Strategies that change what the next attempt may take, and the limit on all that a run does about itself. */
import { describe, expect, test } from 'vitest'
import { codeStep as code } from '../../src/model/manifest.fixture.ts'
import type { Exceeded } from '../../src/model/allowance.ts'
import { type Policy, Rules, usualPolicy } from '../../src/model/policy/policy.ts'
import type { TaskResult } from '../../src/engine/ports.ts'
import { completed, failed, failure, person, Workbench } from './workbench.ts'

type Written = NonNullable<Parameters<typeof Rules.parse>[0]>

const policyOf = (rules: Written) => (): Policy => ({ ...usualPolicy, usual: Rules.parse(rules) })
const retry = (attempts: number) => ({ attempts, initial: 1_000, factor: 1, max: 1_000, jitter: 0 })
const took = (exceeded: Exceeded): TaskResult => ({ type: 'cut_off', own: true, failure: { ...failure('resource', 'it took too much'), exceeded } })
const errorsOf = (bench: Workbench, run: Parameters<Workbench['record']>[0]) => [...(bench.disk.runs.get(run)?.errors.values() ?? [])]

describe('longer_timeout', () => {
  const chains = { timeout: ['longer_timeout', 'retry', 'ask', 'fail'] }

  test('gives an attempt more time each time, up to the ceiling, and the attempt says how much it had', async () => {
    const bench = new Workbench([code('slow', [], { timeout: 1_000, retry: retry(1) })], {
      script: { slow: () => undefined },
      policy: policyOf({ recovery: { chains, longer_timeout: { factor: 3, ceiling: '5s' } } }),
    })
    const run = await bench.start()
    await bench.pass(60_000)
    const timeouts = bench.events(run).flatMap((event) => (event.type === 'attempt_started' ? [event.timeout] : []))
    expect(timeouts).toEqual([1_000, 3_000, 5_000])
    expect(bench.record(run)).toMatchObject({ status: 'failed', failure: { class: 'timeout', exceeded: { of: 'time', limit: 5_000 } } })
    const { recoveries = [], status } = errorsOf(bench, run)[0] ?? {}
    expect(status).toBe('failed')
    expect(recoveries.map(({ strategy, why, outcome, beganAt, endedAt }) => [strategy, why, outcome, (endedAt ?? 0) - beganAt])).toEqual([
      ['longer_timeout', 'it had 1s, and has 3s now', 'failed', 3_000],
      ['longer_timeout', 'it had 3s, and has 5s now', 'failed', 5_000],
      ['fail', 'nothing else is left', 'failed', 0],
    ])
    expect(recoveries.at(-1)?.passedOver[0]).toEqual({ strategy: 'longer_timeout', why: 'it had 5s, and no timeout is made longer than 5s' })
  })

  test('is not for what was silent', async () => {
    const bench = new Workbench([code('mute', [], { heartbeat: 100, timeout: 1_000, retry: retry(1) })], {
      script: { mute: () => undefined },
      policy: policyOf({ recovery: { chain: ['longer_timeout', 'fail'] } }),
    })
    const run = await bench.start()
    await bench.pass(100)
    expect(errorsOf(bench, run)[0]?.recoveries).toMatchObject([{ strategy: 'fail', passedOver: [{ why: 'it did not run out of its time' }] }])
  })

  test('holds for each further attempt of the pass, also after the host has ended', async () => {
    const bench = new Workbench([code('slow', [], { timeout: 1_000 })], {
      script: { slow: () => undefined },
      policy: policyOf({ recovery: { chains } }),
    })
    const run = await bench.start()
    await bench.pass(1_000)
    await bench.die(10)
    await bench.restart()
    expect(bench.step(run, 'slow')).toMatchObject({ status: 'running', allowance: { timeout: 2_000 } })
    const timeouts = bench.events(run).flatMap((event) => (event.type === 'attempt_started' ? [event.timeout] : []))
    expect(timeouts).toEqual([1_000, 2_000, 2_000])
  })
})

describe('wait_for_resource', () => {
  test('lets what ran out of memory have more, in a process of its own, and what ran out of processor time too', async () => {
    const results = [took({ of: 'memory', limit: 500_000_000 }), took({ of: 'processor', limit: 1_000 }), completed()]
    const bench = new Workbench([code('greedy', [], { retry: retry(1) })], { script: { greedy: () => results.shift() } })
    const run = await bench.start()
    expect(bench.execution.tasks.map(({ isolated, allowance }) => [isolated, allowance])).toEqual([
      [false, null],
      [true, { memory: 1_000_000_000 }],
      [true, { memory: 1_000_000_000, processor: 2_000 }],
    ])
    expect(bench.record(run).status).toBe('completed')
    expect(errorsOf(bench, run)).toMatchObject([{ status: 'recovered', recoveries: [{ strategy: 'wait_for_resource' }, { strategy: 'wait_for_resource', outcome: 'worked' }] }])
  })

  test('goes no further than policy lets it', async () => {
    let limit = 500_000_000
    const bench = new Workbench([code('greedy', [], { retry: retry(1) })], {
      script: {
        greedy: ({ allowance }) => {
          limit = allowance?.memory ?? limit
          return took({ of: 'memory', limit })
        },
      },
      policy: policyOf({ recovery: { wait_for_resource: { factor: 1.5, memory: '1GB' } } }),
    })
    const run = await bench.start()
    expect(bench.execution.tasks.map(({ allowance }) => allowance?.memory ?? null)).toEqual([null, 750_000_000, 1_000_000_000])
    expect(bench.record(run).status).toBe('failed')
  })

  test('waits as long as a receiver asks, and otherwise longer each time, as often as policy says', async () => {
    const asks: TaskResult = { type: 'failed', failure: { ...failure('resource', 'too many'), retryAfter: 30_000 } }
    const results = [asks, failed('resource'), failed('resource')]
    const bench = new Workbench([code('eager')], {
      script: { eager: () => results.shift() },
      policy: policyOf({ recovery: { chains: { resource: ['wait_for_resource', 'fail'] }, wait_for_resource: { tries: 3, initial: '1s' } } }),
    })
    const run = await bench.start()
    await bench.pass(29_999)
    expect(bench.execution.tasks).toHaveLength(1)
    expect(bench.record(run)).toMatchObject({ status: 'waiting', waiting: 'backoff' })
    await bench.pass(1)
    expect(bench.execution.tasks).toHaveLength(2)
    await bench.pass(2_000)
    expect(bench.execution.tasks).toHaveLength(3)
    expect(bench.record(run)).toMatchObject({ status: 'failed', failure: { class: 'resource' } })
  })

  test('leaves waiting to the retry of a step that has one of its own', async () => {
    const bench = new Workbench([code('eager', [], { retry: retry(1) })], { script: { eager: () => failed('resource') } })
    const run = await bench.start()
    expect(bench.record(run).status).toBe('failed')
    expect(errorsOf(bench, run)[0]?.recoveries[0]?.passedOver[0]).toEqual({ strategy: 'wait_for_resource', why: 'its definition says how it is tried again' })
  })
})

describe('the limit on recoveries', () => {
  const policy = policyOf({ recovery: { limit: 3 } })

  test('is of the whole run, whichever steps they are of, and the rest of the chain goes on', async () => {
    let fails = 2
    const bench = new Workbench([code('a', [], { retry: retry(9) }), code('b', ['a'], { retry: retry(9), onFailure: 'ask' })], {
      script: { a: () => ((fails -= 1) >= 0 ? failed('transient') : completed()), b: () => failed('transient') },
      policy,
    })
    const run = await bench.start()
    await bench.pass(60_000)
    expect(bench.record(run)).toMatchObject({ status: 'waiting', waiting: 'decision', recoveries: 3 })
    expect(bench.started(run)).toEqual(['a', 'a', 'a', 'b', 'b'])
    expect(errorsOf(bench, run)[1]?.recoveries.at(-1)?.passedOver[0]).toEqual({
      strategy: 'retry',
      why: 'the run has recovered 3 times by itself since a person acted on it, which is its limit',
    })

    await bench.decide(run, 'retry')
    expect(bench.record(run)).toMatchObject({ status: 'waiting', waiting: 'backoff' })
    await bench.pass(60_000)
    expect(bench.record(run)).toMatchObject({ waiting: 'decision', recoveries: 3 })
    expect(bench.started(run)).toHaveLength(9)
  })

  test('is reset by a person, who says why, and nobody who looked before has to look again', async () => {
    const bench = new Workbench([code('a', [], { retry: retry(9) }), code('b', [], { onFailure: 'ask' })], {
      script: { a: () => failed('transient'), b: () => failed('permanent') },
      policy,
    })
    const run = await bench.start()
    await bench.pass(2_000)
    const { recoveries, version: seen } = bench.record(run)
    expect(recoveries).toBe(3)
    const reset = (reason: string) => bench.until(bench.engine.resetRecoveries({ run, reason, actor: person }))
    expect(await reset('the disk is larger now')).toMatchObject({ recoveries: 0 })
    expect(bench.events(run).at(-1)).toEqual({ type: 'recoveries_reset', why: 'the disk is larger now' })
    const before = bench.record(run).version
    expect(await reset('once more')).toMatchObject({ version: before })
    await bench.pass(2_000)
    expect(bench.record(run).recoveries).toBe(2)
    await bench.decide(run, 'fail', { seen })
    expect(bench.record(run).status).toBe('failed')
  })

  test('ends in failure where nobody is to be asked, and begins anew where a person sends the run back', async () => {
    const bench = new Workbench([code('a', [], { retry: retry(9) })], { script: { a: () => failed('transient') }, policy })
    const run = await bench.start()
    await bench.pass(60_000)
    expect(bench.record(run)).toMatchObject({ status: 'failed', recoveries: 3 })
    await bench.restore(run, 0)
    expect(bench.record(run).recoveries).toBeLessThan(3)
    await bench.pass(60_000)
    expect(bench.started(run)).toHaveLength(8)
  })
})

test('what a check says did not happen is told by what cut it off, and not by the doubt', async () => {
  const bench = new Workbench([code('pay', [], { effect: { repeat: 'unsafe' }, checks: true, retry: retry(1) })], {
    script: {
      pay: () => ({ type: 'cut_off', own: true, failure: failure('crash', 'the process ended') }),
      'pay check': () => ({ type: 'checked', happened: false, note: null }),
    },
  })
  const run = await bench.start()
  expect(bench.record(run).failure?.message).toBe('the process ended: its effect did not happen, its check says')
  expect(bench.record(run).failure).not.toHaveProperty('cause')
})
