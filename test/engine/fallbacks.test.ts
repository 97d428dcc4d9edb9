import { describe, expect, test } from 'vitest'
import { approvalStep as approval, codeStep as code } from '../../src/model/manifest.fixture.ts'
import { sealValue } from '../../src/store/format/value.ts'
import { answer, asks, fails, skipped, standIn, unsafe } from './scripts.ts'
import { completed, step, Workbench } from './workbench.ts'

const back = (to: string, max = 2, onLimit: 'continue' | 'fail' = 'fail') => ({ to: [step(to)], max, onLimit })

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

  test('a person who leaves it out leaves out all that it stands in for, if that is optional', async () => {
    const needed = new Workbench(chain, { script: { a: fails, b: fails, c: fails } })
    expect(needed.decision(await needed.start()).actions.map(({ name }) => name)).not.toContain('skip')
    const bench = new Workbench([code('a', [], { fallback: step('b'), optional: true }), ...chain.slice(1)], { script: { a: fails, b: fails, c: fails } })
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

  test('an edit of what it made is held against what it says, and kept as sensitive as that', async () => {
    const asked: unknown[] = []
    const steps = [code('a', [], { fallback: step('b') }), code('b', [], { ...standIn, sensitive: true }), approval('ask', ['a'], { edits: { step: step('a'), path: [] } }), code('c', ['ask'])]
    const bench = new Workbench(steps, {
      script: { a: fails, ask: asks },
      answer: (question) => {
        if (question.type === 'begin') return { type: 'began', input: question.input, context: question.context }
        if (question.type !== 'settle') throw new Error(`asked to ${question.type}`)
        asked.push([question.speaker, question.answer.edit])
        return { type: 'settled', output: null, next: null, edited: question.answer.edit }
      },
    })
    const run = await bench.start()
    await bench.decide(run, 'approve', { edit: 'better' })
    expect(asked).toEqual([['b', 'better']])
    expect(bench.value(run, bench.step(run, 'a').output)).toBe('better')
    const told = bench.disk.runs.get(run)?.lineage ?? expect.fail('there is no such run')
    expect(bench.step(run, 'a').output).not.toBe(sealValue(told, 'better', null, 1_000).address)
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
