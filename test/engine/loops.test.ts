import { describe, expect, test } from 'vitest'
import { codeStep as code } from '../../src/model/manifest.fixture.ts'
import { answer, fails, skipped, unsafe } from './scripts.ts'
import { completed, step, type Script, Workbench } from './workbench.ts'

const back = (to: string, max = 2, onLimit: 'continue' | 'fail' = 'fail') => ({ to: [step(to)], max, onLimit })

describe('loops', () => {
  const again = (times: number) => (task: { ref: { iteration: number } }) =>
    completed(`checked ${task.ref.iteration}`, task.ref.iteration <= times ? 'draft' : null)
  const looping = { loop: back('draft') }

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

describe('loops that meet others', () => {
  test('two steps that send the run back in turn cannot do so for ever', async () => {
    const sendsBack = (odd: number): Script[string] => ({ ref }) => completed(null, ref.iteration % 2 === odd ? 'draft' : null)
    const bench = new Workbench(
      [code('draft'), code('check', ['draft'], { loop: back('draft') }), code('approve', ['check'], { loop: back('draft') })],
      { script: { check: sendsBack(1), approve: () => completed(null, 'draft') } },
    )
    const run = await bench.start()
    expect(bench.record(run)).toMatchObject({ status: 'failed', failure: { class: 'loop_limit' } })
    expect(bench.step(run, 'draft').iteration).toBeLessThan(10)
  })

  test('a later step that sends the run back gives the loops before it their bound anew', async () => {
    const bench = new Workbench(
      [code('draft'), code('check', ['draft'], { loop: back('draft', 1) }), code('approve', ['check'], { loop: back('draft', 1) })],
      {
        script: {
          check: ({ ref }) => completed(null, ref.iteration % 2 === 1 ? 'draft' : null),
          approve: ({ ref }) => completed(null, ref.iteration === 1 ? 'draft' : null),
        },
      },
    )
    const run = await bench.start()
    expect(bench.record(run)).toMatchObject({ status: 'completed', loops: { check: 1, approve: 1 } })
    expect(bench.step(run, 'draft').iteration).toBe(4)
  })

  const gonePast = [
    code('first'),
    code('check', ['first'], { loop: back('first') }),
    code('pay', ['first'], { ...unsafe, conditional: true, loop: back('pay', 1) }),
  ]

  test('a pass that a loop has gone over may be skipped; the next one follows', async () => {
    const bench = new Workbench(gonePast, {
      script: {
        check: ({ ref }) => completed(null, ref.iteration === 1 ? 'first' : null),
        pay: ({ ref }) => (ref.iteration === 1 ? undefined : completed('paid')),
      },
    })
    const run = await bench.start()
    await answer(bench, 'pay', 1, skipped())
    expect(bench.record(run).status).toBe('completed')
    expect(bench.step(run, 'pay')).toMatchObject({ iteration: 2, status: 'completed' })
  })

  test('where it wants to go has no weight any more', async () => {
    const bench = new Workbench(gonePast, {
      script: {
        check: ({ ref }) => completed(null, ref.iteration === 1 ? 'first' : null),
        pay: ({ ref }) => (ref.iteration === 1 ? undefined : completed('paid')),
      },
    })
    const run = await bench.start()
    await answer(bench, 'pay', 1, completed('paid', 'first'))
    expect(bench.record(run).status).toBe('completed')
    expect(bench.record(run).loops).toEqual({ check: 1 })
  })

  test('every iteration that completed is compensated, the last first', async () => {
    const bench = new Workbench(
      [code('a', [], { compensates: true }), code('b', ['a'], { loop: back('a'), compensates: true }), code('c', ['b'])],
      { script: { b: ({ ref }) => completed(null, ref.iteration < 3 ? 'a' : null), c: fails } },
    )
    const run = await bench.start()
    expect(bench.record(run).status).toBe('failed')
    const undone = bench.execution.tasks.filter(({ phase }) => phase === 'compensate').map(({ ref }) => `${ref.step}${ref.iteration}`)
    expect(undone).toEqual(['b3', 'a3', 'b2', 'a2', 'b1', 'a1'])
  })
})
