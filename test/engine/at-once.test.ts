/** Where two things want a run at once. */
import { describe, expect, test } from 'vitest'
import { approvalStep as approval, codeStep as code, waitStep as wait } from '../../src/model/manifest.fixture.ts'
import { answer, asks, byPerson, fails, hangs, unsafe } from './scripts.ts'
import { completed, failure, step, Workbench } from './workbench.ts'

describe('what is due at once', () => {
  test('an effect that one timer starts and the next forbids never begins', async () => {
    const bench = new Workbench([wait('w', [], 1_000), code('pay', ['w'], unsafe), approval('ask', [], { deadline: 1_000 })], {
      script: { ask: asks },
    })
    const run = await bench.start()
    await bench.pass(1_000)
    expect(bench.record(run).status).toBe('failed')
    expect(bench.started()).toEqual(['ask'])
  })

  test('a decision and its deadline: one of them counts', async () => {
    const bench = new Workbench([approval('ask', [], { deadline: 1_000 }), code('b', ['ask'])], { script: { ask: asks } })
    const run = await bench.start()
    const { id: decision } = bench.decision(run)
    bench.time.after(1_000, () => {
      bench.engine.decide({ ...byPerson, run, decision, action: 'approve', edit: null }).catch((error: unknown) => bench.troubles.push(error))
    })
    await bench.pass(1_000)
    await bench.settle()
    const closings = bench.events(run).filter(({ type }) => type === 'decision_closed')
    expect(closings).toHaveLength(1)
    expect(['completed', 'failed']).toContain(bench.record(run).status)
  })

  test('a run that joins what is settled goes on from an approval that expired', async () => {
    const bench = new Workbench([approval('ask', [], { deadline: 1_000, onDeadline: 'skip' }), code('b', ['ask'], { join: 'settled' })], {
      script: { ask: asks },
    })
    const run = await bench.start()
    await bench.pass(1_000)
    expect(bench.statuses(run)).toEqual({ ask: 'skipped', b: 'completed' })
  })
})

describe('two people', () => {
  test('who edit the same output at once do not overwrite each other unseen', async () => {
    const edits = { step: step('draft'), path: ['body'] }
    const bench = new Workbench([code('draft'), approval('one', ['draft'], { edits }), approval('two', ['draft'], { edits })], {
      script: { one: asks, two: asks },
    })
    const run = await bench.start()
    const pending = [...(bench.disk.runs.get(run)?.decisions.values() ?? [])]
    const both = await bench.until(
      Promise.allSettled(pending.map(({ id }) => bench.engine.decide({ ...byPerson, run, decision: id, action: 'approve', edit: id }))),
    )
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    expect(both[1]).toMatchObject({ reason: { name: 'Conflict' } })
    expect(bench.value(run, bench.step(run, 'draft').output)).toBe(pending[0]?.id)
  })
})

describe('who acts while a run ends', () => {
  test('cancels in doubt: the doubt is settled first, and what happened is compensated', async () => {
    const cut = { type: 'cut_off', failure: failure('crash', 'gone'), own: true } as const
    const bench = new Workbench([code('pay', [], { ...unsafe, compensates: true })], {
      script: { pay: () => cut, 'pay compensation': () => completed() },
    })
    const run = await bench.start()
    await bench.until(bench.engine.cancel({ ...byPerson, run }))
    expect(bench.record(run).status).toBe('compensating')
    await bench.decide(run, 'happened', { edit: 'paid' })
    expect(bench.record(run).status).toBe('cancelled')
    expect(bench.started()).toEqual(['pay', 'pay compensation'])
  })

  test('pauses: the next compensation waits until resume, over a restart too', async () => {
    const compensates = { compensates: true } as const
    const bench = new Workbench([code('a', [], compensates), code('b', ['a'], compensates), code('c', ['b'])], {
      script: { c: fails, 'b compensation': hangs },
    })
    const run = await bench.start()
    await bench.until(bench.engine.pause({ ...byPerson, run }))
    await answer(bench, 'b', 2, completed())
    expect(bench.record(run).status).toBe('paused')
    await bench.restart()
    expect(bench.started()).toEqual([])
    await bench.until(bench.engine.resume({ ...byPerson, run }))
    await bench.settle()
    expect(bench.started()).toEqual(['a compensation'])
    expect(bench.record(run).status).toBe('failed')
  })
})
