import { describe, expect, test } from 'vitest'
import { codeStep as code, waitStep as wait } from '../../src/model/manifest.fixture.ts'
import { completed, step, Workbench } from './workbench.ts'

const skipped = () => ({ type: 'skipped' }) as const

describe('settled needs', () => {
  test('steps run when all that they need is settled, branches in parallel', async () => {
    const bench = new Workbench([code('a'), code('b', ['a']), code('c', ['a']), code('d', ['b', 'c'])])
    const run = await bench.start()
    expect(bench.started()).toEqual(['a', 'b', 'c', 'd'])
    expect(bench.record(run).status).toBe('completed')
  })

  test('a handler sees the outputs of all that it needs, at any depth, and nothing else', async () => {
    const bench = new Workbench([code('a'), code('other'), code('b', ['a']), code('c', ['b'])])
    await bench.start({ n: 1 })
    const view = bench.execution.tasks.find(({ ref }) => ref.step === 'c')?.view
    expect(view?.outputs).toEqual({ a: 'a 1', b: 'b 1' })
    expect(view?.input).toEqual({ n: 1 })
    expect(view?.context).toEqual({ tenant: 't' })
  })

  test('a false condition skips the step and its dependents, unless one joins what is settled', async () => {
    const bench = new Workbench(
      [code('a'), code('b', ['a'], { conditional: true }), code('c', ['b']), code('d', ['b', 'a'], { join: 'settled' })],
      { script: { b: skipped } },
    )
    const run = await bench.start()
    expect(bench.statuses(run)).toEqual({ a: 'completed', b: 'skipped', c: 'skipped', d: 'completed' })
    expect([bench.step(run, 'b').skipped, bench.step(run, 'c').skipped]).toEqual(['condition', 'dependency'])
    expect(bench.record(run).status).toBe('completed')
  })

  test('a wait of a fixed length needs no executor and never ends early', async () => {
    const bench = new Workbench([wait('w', [], 5_000), code('a', ['w'])])
    const run = await bench.start()
    expect(bench.record(run)).toMatchObject({ status: 'waiting', waiting: 'timer' })
    await bench.pass(4_999)
    expect(bench.started()).toEqual([])
    await bench.pass(1)
    expect(bench.started()).toEqual(['a'])
    expect(bench.record(run).status).toBe('completed')
  })
})

describe('loops', () => {
  const again = (times: number) => (task: { ref: { iteration: number } }) =>
    completed(`checked ${task.ref.iteration}`, task.ref.iteration <= times ? 'draft' : null)
  const looping = { loop: { to: [step('draft')], max: 2, onLimit: 'fail' as const } }

  test('going back renews the target and all that needs it; earlier outputs are iterations', async () => {
    const bench = new Workbench(
      [code('route'), code('draft', ['route']), code('check', ['draft'], looping), code('send', ['check'])],
      { script: { check: again(1) } },
    )
    const run = await bench.start()
    expect(bench.started()).toEqual(['route', 'draft', 'check', 'draft', 'check', 'send'])
    const second = bench.execution.tasks.filter(({ ref }) => ref.step === 'draft')[1]
    expect(second?.ref.iteration).toBe(2)
    expect(second?.view.iterations).toEqual({ draft: ['draft 1'], check: ['checked 1'] })
    expect(bench.step(run, 'send').iteration).toBe(1)
  })

  test('a loop past its bound fails the run, and says which bound', async () => {
    const bench = new Workbench([code('draft'), code('check', ['draft'], looping)], { script: { check: again(9) } })
    const run = await bench.start()
    expect(bench.record(run)).toMatchObject({ status: 'failed', failure: { class: 'loop_limit' } })
    expect(bench.step(run, 'check').iteration).toBe(3)
  })

  test('with onLimit continue it goes on at the bound', async () => {
    const loop = { loop: { to: [step('draft')], max: 2, onLimit: 'continue' as const } }
    const bench = new Workbench([code('draft'), code('check', ['draft'], loop), code('send', ['check'])], {
      script: { check: again(9) },
    })
    const run = await bench.start()
    expect(bench.record(run).status).toBe('completed')
    expect(bench.step(run, 'check').iteration).toBe(3)
  })

  test('a target that the definition does not list fails the run', async () => {
    const bench = new Workbench([code('draft'), code('check', ['draft'], looping)], {
      script: { check: () => completed(null, 'check') },
    })
    const run = await bench.start()
    expect(bench.record(run)).toMatchObject({ status: 'failed', failure: { name: 'WrongAnswer' } })
  })

  test('what is under way behind a loop is superseded and its late answer changes nothing', async () => {
    const bench = new Workbench(
      [code('draft'), code('check', ['draft'], looping), code('slow', ['draft']), code('end', ['check', 'slow'])],
      { script: { check: again(1), slow: ({ ref }) => (ref.iteration === 1 ? undefined : completed('second')) } },
    )
    const run = await bench.start()
    const first = bench.rows(run).steps.find(({ step, iteration }) => step === 'slow' && iteration === 1)
    expect(first?.status).toBe('superseded')
    expect(bench.execution.stopped).toMatchObject([{ step: 'slow', iteration: 1 }])
    const stale = bench.execution.tasks.find(({ ref }) => ref.step === 'slow' && ref.iteration === 1)
    const version = bench.record(run).version
    if (stale !== undefined) bench.execution.sink?.ended(stale.ref, completed('late'))
    await bench.settle()
    expect(bench.record(run)).toMatchObject({ status: 'completed', version })
  })

  test('an effect under way behind a loop is left to end, and its next pass waits for it', async () => {
    const effect = { effect: { repeat: 'unsafe' } } as const
    const bench = new Workbench(
      [code('draft'), code('check', ['draft'], looping), code('pay', ['draft'], effect)],
      { script: { check: again(1), pay: ({ ref }) => (ref.iteration === 1 ? undefined : completed('paid again')) } },
    )
    const run = await bench.start()
    expect(bench.execution.stopped).toEqual([])
    expect(bench.step(run, 'pay')).toMatchObject({ iteration: 2, status: 'pending' })
    const [first] = bench.execution.tasks.filter(({ ref }) => ref.step === 'pay')
    if (first !== undefined) bench.execution.sink?.ended(first.ref, completed('paid'))
    await bench.settle()
    expect(bench.record(run).status).toBe('completed')
    expect(bench.execution.tasks.filter(({ ref }) => ref.step === 'pay').map(({ view }) => view.iterations['pay'])).toEqual([
      undefined,
      ['paid'],
    ])
  })
})

describe('checkpoints', () => {
  test('the first holds input and context, then one for each step that settles, and one before a critical step', async () => {
    const bench = new Workbench([code('a'), code('b', ['a'], { critical: true })])
    const run = await bench.start()
    const taken = bench.disk.runs.get(run)?.checkpoints ?? []
    expect(taken.map(({ number, type, step }) => [number, type, step])).toEqual([
      [0, 'step_start', null],
      [1, 'step_complete', 'a'],
      [2, 'critical_point', 'b'],
      [3, 'step_complete', 'b'],
    ])
    expect(taken.map(({ changes }) => changes.map(({ key }) => key).toSorted())).toEqual([
      ['context', 'input'],
      ['output/a/1', 'step/a'],
      [],
      ['output/b/1', 'step/b'],
    ])
    expect(bench.record(run).head).toBe(3)
  })
})
