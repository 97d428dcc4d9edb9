import { describe, expect, test } from 'vitest'
import { followersOf } from '../../src/model/error-record.ts'
import { codeStep as code } from '../../src/model/manifest.fixture.ts'
import { failed, step, Workbench } from './workbench.ts'

describe('what becomes of the steps that need one that failed, or was left out', () => {
  test('they are left out with it, however far behind it: each says with which that began', async () => {
    const bench = new Workbench([code('a', [], { conditional: true }), code('b', ['a']), code('c', ['b']), code('d')], { script: { a: () => ({ type: 'skipped' }) } })
    const run = await bench.start()
    expect(bench.step(run, 'a')).toMatchObject({ skipped: 'condition', follows: null })
    expect(bench.step(run, 'b')).toMatchObject({ skipped: 'dependency', follows: { from: 'a', as: 'skipped', by: null } })
    expect(bench.step(run, 'c')).toMatchObject({ skipped: 'dependency', follows: { from: 'a', as: 'skipped', by: null } })
    expect(bench.step(run, 'd').follows).toBeNull()
  })

  test('they go on with what stands in for it, or without it', async () => {
    const steps = [code('a', [], { fallback: step('b') }), code('b', [], { onlyAsFallback: true }), code('c', ['a']), code('o', [], { optional: true }), code('p', ['o']), code('q', ['p'])]
    const bench = new Workbench(steps, { script: { a: () => failed('permanent'), o: () => failed('permanent') } })
    const run = await bench.start()
    expect(bench.step(run, 'c').follows).toEqual({ from: 'a', as: 'rerouted', by: 'b' })
    expect(bench.step(run, 'p').follows).toEqual({ from: 'o', as: 'rerouted', by: null })
    expect(bench.step(run, 'q').follows).toBeNull()
    expect(bench.record(run).status).toBe('completed')
  })

  test('they fail with it; what stood beside it is only stopped', async () => {
    const steps = [code('a'), code('b', ['a']), code('c', ['b']), code('beside'), code('after', ['beside'])]
    const bench = new Workbench(steps, { script: { a: () => failed('permanent'), beside: () => undefined } })
    const run = await bench.start()
    expect(bench.statuses(run)).toEqual({ a: 'failed', b: 'cancelled', c: 'cancelled', beside: 'cancelled', after: 'cancelled' })
    expect([bench.step(run, 'b').follows, bench.step(run, 'c').follows]).toEqual(Array.from({ length: 2 }, () => ({ from: 'a', as: 'failed', by: null })))
    expect([bench.step(run, 'beside').follows, bench.step(run, 'after').follows]).toEqual([null, null])
    const error = [...(bench.disk.runs.get(run)?.errors.values() ?? [])].find((each) => each.step === 'a')
    const followers = followersOf({ step: step('a'), branch: error?.branch ?? 0 }, bench.rows(run).steps)
    expect(followers.map((each) => each.step)).toEqual(['b', 'c'])
  })
})
