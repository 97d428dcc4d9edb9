import { describe, expect, test } from 'vitest'
import { codeStep as code } from '../../src/model/manifest.fixture.ts'
import { asking, asksFirst } from './scripts.ts'
import { completed, failed, failure, step, Workbench } from './workbench.ts'

const retry = (attempts: number) => ({ attempts, initial: 1_000, factor: 2, max: 60_000, jitter: 0 })

describe('one failure, in this order', () => {
  test('a transient failure is tried again after a growing wait, with the same key', async () => {
    let tries = 0
    const bench = new Workbench([code('a', [], { retry: retry(3) })], {
      script: { a: () => ((tries += 1) < 3 ? failed('transient') : completed('well')) },
    })
    const run = await bench.start()
    expect(bench.record(run)).toMatchObject({ status: 'waiting', waiting: 'backoff' })
    await bench.pass(999)
    expect(tries).toBe(1)
    await bench.pass(1)
    expect(tries).toBe(2)
    await bench.pass(1_999)
    expect(tries).toBe(2)
    await bench.pass(1)
    expect(bench.record(run).status).toBe('completed')
    expect(new Set(bench.execution.tasks.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1)
    expect(bench.execution.tasks.map(({ attempt }) => attempt)).toEqual([1, 2, 3])
  })

  test('what the receiver asks for is waited out, where it is longer than the backoff; a restart forgets none of it', async () => {
    const asks = { type: 'failed', failure: { ...failure('resource', 'too many'), retryAfter: 30_000 } } as const
    let tries = 0
    const bench = new Workbench([code('a', [], { retry: retry(4) })], {
      script: { a: () => ((tries += 1) === 1 ? asks : tries === 2 ? { ...asks, failure: { ...asks.failure, retryAfter: 10 } } : completed()) },
    })
    const run = await bench.start()
    await bench.pass(29_999)
    expect(tries).toBe(1)
    expect(bench.step(run, 'a')).toMatchObject({ waiting: { for: 'backoff' }, failure: { retryAfter: 30_000 } })
    await bench.pass(1)
    expect(tries).toBe(2)
    await bench.pass(1_999)
    expect(tries).toBe(2)
    await bench.pass(1)
    expect(bench.record(run).status).toBe('completed')
  })

  test('where the receiver asks for longer than the step has patience, it is not tried again', async () => {
    const asks = (retryAfter: number) => ({ type: 'failed', failure: { ...failure('resource', 'too many'), retryAfter } }) as const
    const ended = async (retryAfter: number, patience?: number) => {
      const bench = new Workbench([code('a', [], { retry: { ...retry(2), ...(patience !== undefined && { patience }) } })], { script: { a: () => asks(retryAfter) } })
      return bench.record(await bench.start()).status
    }
    expect([await ended(3_600_000), await ended(3_600_001)]).toEqual(['waiting', 'failed'])
    expect([await ended(5_000, 5_000), await ended(5_001, 5_000), await ended(7_200_000, 7_200_000)]).toEqual(['waiting', 'failed', 'waiting'])
  })

  test('a permanent failure is not tried again', async () => {
    const bench = new Workbench([code('a', [], { retry: retry(3) }), code('b', ['a'])], { script: { a: () => failed('permanent') } })
    const run = await bench.start()
    expect(bench.started()).toEqual(['a'])
    expect(bench.record(run)).toMatchObject({ status: 'failed', failure: { message: 'permanent failure' } })
    expect(bench.statuses(run)).toEqual({ a: 'failed', b: 'cancelled' })
  })

  test('where a step says nothing, four tries are made in all', async () => {
    const bench = new Workbench([code('a')], { script: { a: () => failed('transient') } })
    const run = await bench.start()
    await bench.pass(60_000)
    expect(bench.started()).toHaveLength(4)
    expect(bench.record(run).status).toBe('failed')
  })

  test('the fallback comes before optional; its output becomes the step\'s, marked', async () => {
    const bench = new Workbench(
      [
        code('a', [], { fallback: step('b'), optional: true }),
        code('b', [], { onlyAsFallback: true }),
        code('c', ['a']),
      ],
      { script: { a: () => failed('permanent') } },
    )
    const run = await bench.start()
    expect(bench.started()).toEqual(['a', 'b', 'c'])
    expect(bench.step(run, 'a')).toMatchObject({ status: 'completed', via: 'b' })
    expect(bench.value(run, bench.step(run, 'a').output)).toBe('b 1')
    expect(bench.record(run).status).toBe('completed')
  })

  test('a fallback that fails too hands over to optional', async () => {
    const bench = new Workbench(
      [code('a', [], { fallback: step('b'), optional: true }), code('b', [], { onlyAsFallback: true }), code('c', ['a'])],
      { script: { a: () => failed('permanent'), b: () => failed('permanent') } },
    )
    const run = await bench.start()
    expect(bench.statuses(run)).toEqual({ a: 'skipped', b: 'failed', c: 'completed' })
    expect(bench.execution.tasks.at(-1)?.view.outputs).toEqual({})
    expect(bench.record(run).status).toBe('completed')
  })

  test('a fallback that nobody wanted is skipped when the run completes', async () => {
    const bench = new Workbench([code('a', [], { fallback: step('b') }), code('b', [], { onlyAsFallback: true })])
    const run = await bench.start()
    expect(bench.step(run, 'b')).toMatchObject({ status: 'skipped', skipped: 'unused' })
    expect(bench.record(run).status).toBe('completed')
  })

  test('a person is asked where policy says so, and may retry, skip or fail', async () => {
    for (const [action, status] of [['skip', 'completed'], ['fail', 'failed']] as const) {
      const bench = new Workbench([code('a', [], asking), code('b', ['a'])], { script: { a: () => failed('permanent') }, policy: asksFirst })
      const run = await bench.start()
      expect(bench.record(run)).toMatchObject({ status: 'waiting', waiting: 'decision' })
      expect(bench.decision(run)).toMatchObject({ kind: 'recovery', failure: { message: 'permanent failure' } })
      await bench.decide(run, action)
      expect(bench.record(run).status).toBe(status)
    }
  })

  test('a person who retries is asked again if it fails again', async () => {
    let tries = 0
    const bench = new Workbench([code('a', [], { onFailure: 'ask' })], {
      script: { a: () => ((tries += 1) < 3 ? failed('permanent') : completed()) },
    })
    const run = await bench.start()
    await bench.decide(run, 'retry')
    expect(bench.record(run).status).toBe('waiting')
    await bench.decide(run, 'retry')
    expect(bench.record(run).status).toBe('completed')
  })
})

describe('attempts that are cut off', () => {
  test('through no fault of its own it runs again at once and the try does not count', async () => {
    let tries = 0
    const cut = { type: 'cut_off', failure: failure('crash', 'neighbour'), own: false } as const
    const bench = new Workbench([code('a', [], { retry: retry(1) })], { script: { a: () => ((tries += 1) < 4 ? cut : completed()) } })
    const run = await bench.start()
    expect(bench.record(run).status).toBe('completed')
    expect(bench.step(run, 'a')).toMatchObject({ attempts: 4, tries: 1 })
  })

  test('one that took its process down is tried again in a process to itself', async () => {
    let tries = 0
    const cut = { type: 'cut_off', failure: failure('crash', 'exit 1'), own: true } as const
    const bench = new Workbench([code('a', [], { retry: retry(2) })], { script: { a: () => ((tries += 1) < 2 ? cut : completed()) } })
    await bench.start()
    await bench.pass(1_000)
    expect(bench.execution.tasks.map(({ isolated }) => isolated)).toEqual([false, true])
  })

  test('inside an unsafe effect it is in doubt: a person says that it happened', async () => {
    const effect = { effect: { repeat: 'unsafe' } } as const
    const cut = { type: 'cut_off', failure: failure('crash', 'gone'), own: true } as const
    const bench = new Workbench([code('pay', [], effect), code('b', ['pay'])], { script: { pay: () => cut } })
    const run = await bench.start()
    expect(bench.record(run)).toMatchObject({ status: 'waiting', waiting: 'in_doubt' })
    expect(bench.step(run, 'pay').status).toBe('in_doubt')
    await expect(bench.decide(run, 'happened')).rejects.toMatchObject({ name: 'Refused', failures: [{ path: 'edit' }] })
    await bench.decide(run, 'happened', { edit: { receipt: 7 } })
    expect(bench.started()).toEqual(['pay', 'b'])
    expect(bench.execution.tasks.at(-1)?.view.outputs).toEqual({ pay: { receipt: 7 } })
    expect(bench.record(run).status).toBe('completed')
  })

  test('or that it did not, and it runs again under the same key', async () => {
    let tries = 0
    const cut = { type: 'cut_off', failure: failure('crash', 'gone'), own: true } as const
    const bench = new Workbench([code('pay', [], { effect: { repeat: 'unsafe' } })], {
      script: { pay: () => ((tries += 1) === 1 ? cut : completed()) },
    })
    const run = await bench.start()
    await bench.decide(run, 'did-not-happen')
    expect(bench.record(run).status).toBe('completed')
    expect(new Set(bench.execution.tasks.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1)
  })

  test('inside an effect whose receiver honours the key it is simply tried again', async () => {
    let tries = 0
    const cut = { type: 'cut_off', failure: failure('crash', 'gone'), own: true } as const
    const bench = new Workbench([code('pay', [], { effect: { repeat: 'safe' }, retry: retry(2) })], {
      script: { pay: () => ((tries += 1) === 1 ? cut : completed()) },
    })
    const run = await bench.start()
    await bench.pass(1_000)
    expect(bench.record(run).status).toBe('completed')
  })
})

describe('fail and compensate', () => {
  const compensates = { compensates: true } as const

  test('what completed is compensated, last first, once each, and then the run has failed', async () => {
    const bench = new Workbench(
      [code('a', [], compensates), code('b', ['a'], compensates), code('c', ['b']), code('d', ['c'])],
      { script: { d: () => failed('permanent') } },
    )
    const run = await bench.start()
    expect(bench.started()).toEqual(['a', 'b', 'c', 'd', 'b compensation', 'a compensation'])
    expect(bench.record(run).status).toBe('failed')
    expect(bench.execution.tasks.at(-1)).toMatchObject({ output: 'a 1', phase: 'compensate' })
  })

  test('it survives a restart in the middle', async () => {
    const bench = new Workbench(
      [code('a', [], compensates), code('b', ['a'], compensates), code('c', ['b'])],
      { script: { c: () => failed('permanent'), 'a compensation': ({ attempt }) => (attempt > 99 ? completed() : undefined) } },
    )
    const run = await bench.start()
    expect(bench.started().slice(-2)).toEqual(['b compensation', 'a compensation'])
    await bench.restart()
    expect(bench.started()).toEqual(['a compensation'])
    expect(bench.record(run).status).toBe('compensating')
  })

  test('the other branches are stopped, but not inside an effect', async () => {
    const bench = new Workbench(
      [code('bad'), code('slow'), code('pay', [], { effect: { repeat: 'unsafe' }, compensates: true })],
      { script: { bad: () => failed('permanent'), slow: () => undefined, pay: () => undefined } },
    )
    const run = await bench.start()
    expect(bench.execution.stopped).toMatchObject([{ step: 'slow' }])
    expect(bench.record(run).status).toBe('compensating')
    const pay = bench.execution.tasks.find(({ ref }) => ref.step === 'pay')
    if (pay !== undefined) bench.execution.sink?.ended(pay.ref, completed('paid'))
    await bench.settle()
    expect(bench.started().at(-1)).toBe('pay compensation')
    expect(bench.record(run).status).toBe('failed')
  })
})
