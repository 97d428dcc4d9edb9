import { describe, expect, test } from 'vitest'
import { codeStep as code, waitStep as wait } from '../../src/model/manifest.fixture.ts'
import { skipped } from './scripts.ts'
import { Workbench } from './workbench.ts'

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
