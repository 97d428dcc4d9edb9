/** Combinations that once broke the engine, or that somebody thought would. */
import { describe, expect, test } from 'vitest'
import type { RunId } from '../../src/model/ids.ts'
import { approvalStep as approval, codeStep as code, waitStep as wait } from '../../src/model/manifest.fixture.ts'
import { completed, failed, failure, person, step, type Script, Workbench } from './workbench.ts'

const asks = () => ({ type: 'asked', shown: { question: 'send it?' } }) as const
const skipped = () => ({ type: 'skipped' }) as const
const fails = () => failed('permanent')
const hangs = () => undefined
const unsafe = { effect: { repeat: 'unsafe' } } as const
const standIn = { onlyAsFallback: true } as const
const byPerson = { seen: null, actor: person, reason: null } as const
const back = (to: string, max = 2, onLimit: 'continue' | 'fail' = 'fail') => ({ to: [step(to)], max, onLimit })

/** Says that the nth task of a step has completed, long after it began. */
function answer(bench: Workbench, id: string, nth: number, result = completed(`${id} late`)): Promise<void> {
  const task = bench.execution.tasks.filter(({ ref }) => ref.step === id)[nth - 1]
  if (task === undefined) throw new Error(`${id} was not started ${nth} times`)
  bench.execution.sink?.ended(task.ref, result)
  return bench.settle()
}

describe('fallbacks', () => {
  const chain = [
    code('a', [], { fallback: step('b') }),
    code('b', [], { ...standIn, fallback: step('c') }),
    code('c', [], { ...standIn, onFailure: 'ask' }),
    code('d', ['a']),
  ]

  test('the fallback of a fallback stands in for both', async () => {
    const bench = new Workbench(chain, { script: { a: fails, b: fails } })
    const run = await bench.start()
    expect(bench.record(run).status).toBe('completed')
    expect(bench.started()).toEqual(['a', 'b', 'c', 'd'])
    expect([bench.step(run, 'a').via, bench.step(run, 'b').via]).toEqual(['b', 'c'])
    expect(bench.execution.tasks.at(-1)?.view.outputs).toEqual({ a: 'c 1' })
  })

  test('a person who leaves it out leaves out all that it stands in for', async () => {
    const bench = new Workbench(chain, { script: { a: fails, b: fails, c: fails } })
    const run = await bench.start()
    await bench.decide(run, 'skip')
    expect(bench.statuses(run)).toEqual({ a: 'skipped', b: 'skipped', c: 'skipped', d: 'completed' })
    expect(bench.record(run).status).toBe('completed')
  })

  test('one whose condition says no has not stood in', async () => {
    for (const [optional, status] of [[true, 'completed'], [false, 'failed']] as const) {
      const bench = new Workbench([code('a', [], { fallback: step('b'), optional }), code('b', [], { ...standIn, conditional: true })], {
        script: { a: fails, b: skipped },
      })
      const run = await bench.start()
      expect(bench.record(run).status).toBe(status)
    }
  })

  test('one that lacks what it needs is not tried', async () => {
    const bench = new Workbench(
      [
        code('maybe', [], { conditional: true }),
        code('a', ['maybe'], { join: 'settled', fallback: step('b'), optional: true }),
        code('b', ['maybe'], standIn),
      ],
      { script: { maybe: skipped, a: fails } },
    )
    const run = await bench.start()
    expect(bench.record(run).status).toBe('completed')
    expect(bench.statuses(run)).toEqual({ maybe: 'skipped', a: 'skipped', b: 'skipped' })
  })

  test('a question that stands in and expires has not stood in', async () => {
    const bench = new Workbench(
      [code('a', [], { fallback: step('ask'), optional: true }), approval('ask', [], { ...standIn, deadline: 1_000, onDeadline: 'skip' }), code('c', ['a'])],
      { script: { a: fails, ask: asks } },
    )
    const run = await bench.start()
    await bench.pass(1_000)
    expect(bench.statuses(run)).toEqual({ a: 'skipped', ask: 'skipped', c: 'completed' })
  })

  test('an approval that expired is answered for by its fallback', async () => {
    const bench = new Workbench([approval('ask', [], { deadline: 1_000, fallback: step('b') }), code('b', [], standIn), code('c', ['ask'])], {
      script: { ask: asks },
    })
    const run = await bench.start()
    await bench.pass(1_000)
    expect(bench.record(run).status).toBe('completed')
    expect(bench.step(run, 'ask')).toMatchObject({ status: 'completed', via: 'b' })
  })

  test('one that sends the run back has not stood in yet: nothing goes on from it', async () => {
    for (const to of ['first', 'b']) {
      const bench = new Workbench(
        [
          code('first'),
          code('a', ['first'], { fallback: step('b') }),
          code('b', ['first'], { ...standIn, loop: back(to) }),
          code('pay', ['a'], unsafe),
        ],
        { script: { a: fails, b: ({ ref }) => completed(`b ${ref.iteration}`, ref.iteration === 1 ? to : null) } },
      )
      const run = await bench.start()
      expect(bench.record(run).status).toBe('completed')
      expect(bench.started().filter((id) => id === 'pay')).toHaveLength(1)
      expect(bench.value(run, bench.step(run, 'a').output)).toBe('b 2')
    }
  })

  test('an effect of an earlier iteration does not stand in for a later one', async () => {
    const bench = new Workbench(
      [
        code('first'),
        code('a', ['first'], { fallback: step('b') }),
        code('b', ['first'], { ...standIn, ...unsafe }),
        code('check', ['first'], { loop: back('first') }),
      ],
      {
        script: {
          a: fails,
          b: ({ ref }) => (ref.iteration === 1 ? undefined : completed('second')),
          check: ({ ref }) => (ref.iteration === 1 ? undefined : completed()),
        },
      },
    )
    const run = await bench.start()
    await answer(bench, 'check', 1, completed(null, 'first'))
    await answer(bench, 'b', 1, completed('first'))
    expect(bench.record(run).status).toBe('completed')
    expect(bench.value(run, bench.step(run, 'a').output)).toBe('second')
  })
})

describe('loops', () => {
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

describe('values that the store does not take', () => {
  const huge = 'x'.repeat(10_000_001)

  test('an output fails its step, once', async () => {
    const bench = new Workbench([code('a'), code('b')], { script: { a: () => completed(huge) } })
    const run = await bench.start()
    expect(bench.record(run)).toMatchObject({ status: 'failed', failure: { class: 'validation', name: 'ValueRefused' } })
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

  test('cancel while in doubt: the doubt is settled first, and what happened is compensated', async () => {
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

  test('pause while closing holds the next compensation until resume, over a restart too', async () => {
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

describe('a quarantined run', () => {
  /** `slow` is inside its effect when `b` turns out to need a value that is lost. */
  async function quarantined(): Promise<{ bench: Workbench; run: RunId }> {
    const bench = new Workbench(
      [
        code('a', [], { compensates: true }),
        wait('soon', [], 500),
        code('slow', ['soon'], unsafe),
        code('after', ['slow']),
        wait('later', ['a'], 1_000),
        code('b', ['later'], unsafe),
      ],
      { script: { slow: hangs } },
    )
    const run = await bench.start()
    bench.lose(run, bench.step(run, 'a').output)
    await bench.restart()
    await bench.pass(1_000)
    expect(bench.record(run).status).toBe('quarantined')
    return { bench, run }
  }

  test('keeps what ends, and starts nothing', async () => {
    const { bench, run } = await quarantined()
    await answer(bench, 'slow', 1)
    expect(bench.step(run, 'slow').status).toBe('completed')
    expect(bench.statuses(run)).toMatchObject({ b: 'pending', after: 'pending' })
    expect(bench.record(run).status).toBe('quarantined')
    expect(bench.started()).toEqual(['slow'])
  })

  test('is not gone on with by pause or resume', async () => {
    const { bench, run } = await quarantined()
    await expect(bench.until(bench.engine.pause({ ...byPerson, run }))).rejects.toMatchObject({ name: 'Conflict' })
    await expect(bench.until(bench.engine.resume({ ...byPerson, run }))).rejects.toMatchObject({ name: 'Conflict' })
  })

  test('can be cancelled; an effect that a host left under way is in doubt and not begun again', async () => {
    const { bench, run } = await quarantined()
    await bench.restart()
    expect(bench.step(run, 'slow').status).toBe('in_doubt')
    await bench.until(bench.engine.cancel({ ...byPerson, run }))
    await bench.settle()
    expect(bench.started()).toEqual([])
    expect(bench.record(run).status).toBe('compensating')
    await bench.decide(run, 'did-not-happen')
    // The compensation of `a` wants the output that is lost.
    expect(bench.record(run).status).toBe('quarantined')
  })

  test('is one also where a person was the first to look', async () => {
    const bench = new Workbench([code('a'), approval('ask', ['a'])], { script: { ask: asks } })
    const run = await bench.start()
    bench.lose(run, bench.step(run, 'a').output)
    await expect(bench.decide(run, 'approve')).rejects.toMatchObject({ name: 'CorruptionFound' })
    expect(bench.record(run).status).toBe('quarantined')
  })
})

describe('the host', () => {
  test('starts no run once it closes', async () => {
    const bench = new Workbench([code('a', [], unsafe)], { script: { a: hangs } })
    await bench.start()
    const closing = bench.engine.close()
    await expect(bench.start()).rejects.toMatchObject({ name: 'Unavailable' })
    await bench.until(closing)
    expect(bench.disk.runs.size).toBe(1)
  })

  test('suspects only an attempt that took its process down', async () => {
    const collateral = { type: 'cut_off', failure: failure('crash', 'a neighbour'), own: false } as const
    const bench = new Workbench([code('a'), code('b')], {
      script: { a: ({ ref }) => (ref.attempt === 1 ? collateral : completed()), b: ({ ref }) => (ref.attempt === 1 ? undefined : completed()) },
    })
    await bench.start()
    expect(bench.execution.tasks.map(({ isolated }) => isolated)).toEqual([false, false, false])
    await bench.restart()
    expect(bench.execution.tasks.map(({ isolated }) => isolated)).toEqual([false])
  })

  test('a store that keeps every group and says it did not: everything happens once', async () => {
    for (const nth of [1, 2, 3, 4, 5, 6]) {
      let commits = 0
      const bench = new Workbench(
        [code('a', [], { compensates: true }), code('pay', ['a'], { ...unsafe, compensates: true }), approval('ask', ['pay'])],
        { script: { ask: asks }, fate: () => ((commits += 1) === nth ? 'lost' : 'stored') },
      )
      const run = await bench.start()
      await bench.pass(1_000)
      await bench.decide(run, 'reject').catch(() => bench.pass(1_000))
      await bench.pass(1_000)
      expect([nth, bench.record(run).status]).toEqual([nth, 'cancelled'])
      expect(bench.started()).toEqual(['a', 'pay', 'ask', 'pay compensation', 'a compensation'])
    }
  })
})
