/** Runs that policy queues for later: how they stand, what draining and discarding do, and what they hold meanwhile. */
import { describe, expect, test } from 'vitest'
import { approvalStep, codeStep } from '../../src/model/manifest.fixture.ts'
import type { ErrorRecord } from '../../src/model/error-record.ts'
import type { RunId } from '../../src/model/ids.ts'
import type { StepManifest } from '../../src/model/manifest.ts'
import { Limits } from '../../src/model/policy/coordination.ts'
import { DeadLetters } from '../../src/model/policy/dead-letters.ts'
import { type Policy, Rules, usualPolicy } from '../../src/model/policy/policy.ts'
import { answer, asks, byPerson, fails, hangs } from './scripts.ts'
import { completed, failed, person, type Script, Workbench } from './workbench.ts'

const policyOf = (limits: object = {}): Policy => ({ ...usualPolicy, usual: Rules.parse({ recovery: { chain: ['fallback', 'dead_letter', 'fail'] } }), limits: Limits.parse(limits) })

function benchOf(steps: readonly StepManifest[], script: Script, limits: object = {}): Workbench {
  const policy = policyOf(limits)
  return new Workbench(steps, { script, policy: () => policy })
}

const errorsOf = (bench: Workbench, run: RunId): readonly ErrorRecord[] => [...(bench.disk.runs.get(run)?.errors.values() ?? [])]
const briefly = ({ status, recoveries }: ErrorRecord) => [status, recoveries.map(({ strategy, outcome }) => [strategy, outcome])]

/** Fails so often, then goes well. */
function badly(times: number): Script[string] {
  let tries = 0
  return () => ((tries += 1) <= times ? failed('transient') : completed())
}

const booked = [codeStep('book', [], { compensates: true }), codeStep('pay', ['book'])]

describe('a run that is queued for later', () => {
  test('stands with what it has done as it is, its error, and what is recommended, across a restart', async () => {
    const bench = benchOf(booked, { pay: fails })
    const run = await bench.start()
    expect(bench.record(run)).toMatchObject({ status: 'waiting', waiting: 'dead_letter' })
    expect(bench.decision(run)).toMatchObject({ kind: 'dead_letter', step: 'pay', tries: 1, recommended: { action: 'retry' }, deadline: null })
    expect(bench.decision(run).actions.map(({ name }) => name)).toEqual(['retry', 'restore', 'restart', 'discard'])
    expect(errorsOf(bench, run).map(briefly)).toEqual([['waiting', [['dead_letter', 'under_way']]]])
    expect(bench.started(run)).toEqual(['book', 'pay'])
    await bench.restart()
    await bench.pass(30 * 86_400_000)
    expect(bench.record(run)).toMatchObject({ status: 'waiting', waiting: 'dead_letter' })
    expect(bench.started(run)).toEqual([])
  })

  test('lets what stands beside it go on, and is a dead letter once nothing else is awaited', async () => {
    const bench = benchOf([codeStep('pay'), codeStep('beside')], { pay: fails, beside: hangs })
    const run = await bench.start()
    expect(bench.record(run).status).toBe('running')
    expect(bench.decision(run).kind).toBe('dead_letter')
  })

  test('may be discarded only with a reason: it fails, and what it did is taken back', async () => {
    const bench = benchOf(booked, { pay: fails })
    const run = await bench.start()
    await expect(bench.decide(run, 'discard', { note: ' ' })).rejects.toMatchObject({ name: 'Refused', failures: [{ path: 'reason' }] })
    await bench.decide(run, 'discard', { note: 'the order is void' })
    expect(bench.record(run).status).toBe('failed')
    expect(bench.started(run)).toEqual(['book', 'pay', 'book compensation'])
    expect(errorsOf(bench, run)[0]).toMatchObject({ status: 'failed', recoveries: [{ outcome: 'answered' }, { strategy: 'fail', why: 'ann discards it: the order is void' }] })
    expect([...(bench.disk.runs.get(run)?.decisions.values() ?? [])]).toMatchObject([{ status: 'rejected', action: 'discard', note: 'the order is void', actor: person }])
  })

  test('holds nothing that others wait for: where its run does, what stands behind it in the chain is done', async () => {
    const machine = { holds: { machine: 1 } }
    const bench = benchOf([codeStep('take', [], machine), codeStep('give', ['take'], machine)], { give: fails })
    const run = await bench.start()
    expect(bench.record(run).status).toBe('failed')
    expect(errorsOf(bench, run)[0]?.recoveries[0]?.passedOver).toContainEqual({ strategy: 'dead_letter', why: 'its run holds machine meanwhile, which others could not have' })
  })

  test('may be cancelled like any other', async () => {
    const bench = benchOf(booked, { pay: fails })
    const run = await bench.start()
    await bench.until(bench.engine.cancel({ ...byPerson, run }))
    await bench.settle()
    expect(bench.record(run).status).toBe('cancelled')
    expect([...(bench.disk.runs.get(run)?.decisions.values() ?? [])]).toMatchObject([{ status: 'withdrawn' }])
  })
})

describe('the bound of the queue', () => {
  const bounded = (most: number, chain = ['dead_letter', 'fail']): Policy => ({ ...policyOf(), usual: Rules.parse({ recovery: { chain }, manual_intervention: { ask_for: ['permanent'] } }), deadLetters: DeadLetters.parse({ most }) })
  const why = (letters: number, most: number) => ({ strategy: 'dead_letter', why: `the dead-letter queue holds ${letters}, and may hold ${most} (dead_letters.most): drain or discard some of them` })

  test('what fails beyond it is dealt with as its chain goes on, and the error says why; nothing that is queued makes room', async () => {
    const bench = new Workbench(booked, { script: { pay: fails }, policy: () => bounded(2) })
    const [one, two, three] = [await bench.start(), await bench.start(), await bench.start()]
    expect([one, two, three].map((run) => bench.record(run).status)).toEqual(['waiting', 'waiting', 'failed'])
    expect(errorsOf(bench, three)[0]?.recoveries).toMatchObject([{ strategy: 'fail', passedOver: [why(2, 2)] }])
    expect(bench.started(three)).toEqual(['book', 'pay', 'book compensation'])
    const asking = new Workbench(booked, { script: { pay: fails }, policy: () => bounded(0, ['dead_letter', 'ask', 'fail']) })
    const asked = await asking.start()
    expect(asking.decision(asked).kind).toBe('recovery')
    expect(errorsOf(asking, asked)[0]?.recoveries).toMatchObject([{ strategy: 'ask', passedOver: [why(0, 0)] }])
  })

  test('is of passes, counts what fails at once and what is there after a restart, and has room again once one is drained or discarded', async () => {
    const bench = new Workbench([codeStep('pay'), codeStep('post'), codeStep('print')], { script: { pay: fails, post: fails, print: hangs }, policy: () => bounded(3) })
    const both = await bench.start()
    expect([...(bench.disk.runs.get(both)?.decisions.values() ?? [])].map(({ kind }) => kind)).toEqual(['dead_letter', 'dead_letter'])
    await bench.restart()
    const other = await bench.start()
    expect([...(bench.disk.runs.get(other)?.decisions.values() ?? [])].map(({ kind, status }) => [kind, status])).toEqual([['dead_letter', 'withdrawn']])
    expect(bench.record(other).status).toBe('failed')
    const third = new Workbench(booked, { script: { pay: fails }, policy: () => bounded(1) })
    const [first, second] = [await third.start(), await third.start()]
    await third.decide(first, 'discard', { note: 'the order is void' })
    const after = await third.start()
    expect([first, second, after].map((run) => third.record(run).status)).toEqual(['failed', 'failed', 'waiting'])
    await third.decide(after, 'retry')
    expect(third.record(after)).toMatchObject({ status: 'waiting', waiting: 'dead_letter' })
  })
})

describe('draining', () => {
  test('does what is recommended, and goes on where the run was', async () => {
    const bench = benchOf([...booked, codeStep('send', ['pay'])], { pay: badly(1) })
    const run = await bench.start()
    await bench.decide(run, 'retry')
    expect(bench.record(run)).toMatchObject({ status: 'completed', branch: 0, generation: 0 })
    expect(bench.started(run)).toEqual(['book', 'pay', 'pay', 'send'])
    expect(errorsOf(bench, run).map(briefly)).toEqual([['recovered', [['dead_letter', 'answered'], ['retry', 'worked']]]])
  })

  test('of what fails again puts it back, however often, and never recommends to give it up', async () => {
    const bench = benchOf(booked, { pay: badly(4) })
    const run = await bench.start()
    for (let drained = 0; drained < 4; drained += 1) {
      const { recommended, kind } = bench.decision(run)
      expect([kind, recommended?.action === 'discard']).toEqual(['dead_letter', false])
      await bench.decide(run, 'retry')
    }
    expect(bench.record(run).status).toBe('completed')
    expect(errorsOf(bench, run)).toHaveLength(1)
  })

  test('takes the alternative path where one is left', async () => {
    const steps = [codeStep('a', [], { fallback: codeStep('b').id }), codeStep('b', [], { onlyAsFallback: true })]
    const bench = new Workbench(steps, { script: { a: fails }, policy: () => ({ ...usualPolicy, usual: Rules.parse({ recovery: { chain: ['dead_letter', 'fail'] } }) }) })
    const run = await bench.start()
    expect(bench.decision(run).recommended).toMatchObject({ action: 'fallback' })
    await bench.decide(run, 'fallback')
    expect(bench.step(run, 'a')).toMatchObject({ status: 'completed', via: 'b' })
  })
})

describe('a place among the runs that go on at once', () => {
  test('is not held by a dead letter, and is waited for as it is drained', async () => {
    const bench = benchOf([codeStep('pay'), codeStep('pack', ['pay'])], { pay: badly(1), pack: hangs }, { runs: 1 })
    const first = await bench.start()
    expect(bench.record(first).waiting).toBe('dead_letter')
    const second = await bench.start()
    expect(bench.record(second)).toMatchObject({ status: 'running' })
    await bench.decide(first, 'retry')
    expect(bench.record(first)).toMatchObject({ status: 'queued', admitted: false })
    await bench.until(bench.engine.cancel({ ...byPerson, run: second }))
    await bench.settle()
    expect(bench.record(second).status).toBe('cancelled')
    expect(bench.record(first)).toMatchObject({ status: 'running', admitted: true })
    expect(bench.step(first, 'pay').status).toBe('completed')
  })

  const room = (bench: Workbench) => bench.engine.resources().find(({ name }) => name === '@runs')
  /** One is in the queue, and another has its place; what undoes the one takes its time. */
  async function withNoRoom() {
    const bench = benchOf([codeStep('book', [], { compensates: true }), codeStep('pay', ['book']), codeStep('pack', ['pay'])], { pay: badly(1), pack: hangs, 'book compensation': hangs }, { runs: 1 })
    return { bench, letter: await bench.start(), other: await bench.start() }
  }

  test('is not taken by one that is discarded, cancelled or paused: it is undone beside the others', async () => {
    for (const act of ['discard', 'cancel', 'pause'] as const) {
      const { bench, letter } = await withNoRoom()
      if (act === 'discard') await bench.decide(letter, act, { note: 'void' })
      else await bench.until(bench.engine[act]({ ...byPerson, run: letter }))
      await bench.settle()
      expect(bench.record(letter).status).toBe(act === 'pause' ? 'paused' : 'compensating')
      expect(room(bench)).toMatchObject({ capacity: 1, held: 1 })
    }
  })

  test('is kept by one that is paused, and has more to do than to be drained once it is not', async () => {
    const bench = benchOf([codeStep('pay'), codeStep('beside'), codeStep('after', ['beside'])], { pay: fails, beside: hangs, after: hangs }, { runs: 1 })
    const run = await bench.start()
    await bench.until(bench.engine.pause({ ...byPerson, run }))
    await answer(bench, 'beside', 1)
    const second = await bench.start()
    await bench.until(bench.engine.resume({ ...byPerson, run }))
    await bench.settle()
    expect([bench.record(run).status, bench.record(second).status]).toEqual(['running', 'queued'])
  })

  test('is waited for by one that is sent back, or drained while it is paused', async () => {
    for (const act of ['restore', 'drain'] as const) {
      const { bench, letter, other } = await withNoRoom()
      if (act === 'restore') await bench.restore(letter, 0)
      else {
        await bench.until(bench.engine.pause({ ...byPerson, run: letter }))
        await bench.decide(letter, 'retry')
        await bench.until(bench.engine.resume({ ...byPerson, run: letter }))
      }
      await bench.settle()
      expect([bench.record(letter).status, bench.record(other).status]).toEqual(['queued', 'running'])
      expect(room(bench)).toMatchObject({ capacity: 1, held: 1 })
    }
  })

  test('is held by a run that waits for a person as well', async () => {
    const bench = benchOf([codeStep('pay'), approvalStep('ok')], { pay: fails, ok: asks }, { runs: 1 })
    expect(bench.record(await bench.start()).waiting).toBe('decision')
    const second = await bench.start()
    expect(bench.record(second).status).toBe('queued')
  })
})
