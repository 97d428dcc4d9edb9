import { describe, expect, test } from 'vitest'
import { approvalStep as approval, codeStep as code } from '../../src/model/manifest.fixture.ts'
import { asks, standIn, unsafe } from './scripts.ts'
import { completed, step, Workbench } from './workbench.ts'

describe('values that the store does not take', () => {
  const huge = 'x'.repeat(10_000_001)

  test('an output fails its step, once', async () => {
    const bench = new Workbench([code('a'), code('b')], { script: { a: () => completed({ letter: { body: huge } }) } })
    const run = await bench.start()
    const message = 'what a answered cannot be kept: the value takes more than 10000000 bytes (reached at letter.body)'
    expect(bench.record(run)).toMatchObject({
      status: 'failed',
      failure: { class: 'validation', name: 'ValueRefused', path: 'letter.body', message: expect.stringContaining(message) },
    })
    expect(bench.troubles).toEqual([])
  })

  test('after an unsafe effect a person gives the output, and nothing is repeated', async () => {
    const bench = new Workbench([code('pay', [], { ...unsafe, fallback: step('b') }), code('b', [], standIn)], {
      script: { pay: () => completed(huge) },
    })
    const run = await bench.start()
    expect(bench.record(run)).toMatchObject({ status: 'waiting', waiting: 'in_doubt' })
    await bench.decide(run, 'happened', { edit: 'paid' })
    expect(bench.record(run).status).toBe('completed')
    expect(bench.started()).toEqual(['pay'])
  })

  test('so does what an approval shows', async () => {
    const bench = new Workbench([approval('ask')], { script: { ask: () => ({ type: 'asked', shown: huge }) } })
    const run = await bench.start()
    expect(bench.record(run)).toMatchObject({ status: 'failed', failure: { class: 'validation' } })
  })

  test('what a person gives is refused, and the question stays', async () => {
    const edits = { step: step('draft'), path: [] }
    const bench = new Workbench([code('draft'), approval('ask', ['draft'], { edits })], { script: { ask: asks } })
    const run = await bench.start()
    await expect(bench.decide(run, 'approve', { edit: huge })).rejects.toMatchObject({ name: 'Refused' })
    await expect(bench.start(huge)).rejects.toMatchObject({ name: 'Refused' })
    await bench.decide(run, 'approve')
    expect(bench.record(run).status).toBe('completed')
  })
})
