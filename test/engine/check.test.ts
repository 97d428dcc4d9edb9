/** A step that can ask the receiver whether its effect happened. */
import { expect, test } from 'vitest'
import { codeStep as code } from '../../src/model/manifest.fixture.ts'
import type { TaskResult } from '../../src/engine/ports.ts'
import { completed, failed, failure, person, type Script, Workbench } from './workbench.ts'

const cut = { type: 'cut_off', failure: failure('crash', 'gone'), own: true } as const
const didNotHappen: TaskResult = { type: 'checked', happened: false, note: null }
const cannotTell: TaskResult = { type: 'checked', happened: null, note: 'the ledger is closed until morning' }
const checked = { effect: { repeat: 'unsafe' }, checks: true } as const
const retry = (attempts: number) => ({ attempts, initial: 1_000, factor: 2, max: 60_000, jitter: 0 })
const hangs = (): undefined => undefined

/** A payment that is cut off each time, and something that needs it. */
function paying(script: Script, more: Parameters<typeof code>[2] = {}): Workbench {
  return new Workbench([code('pay', [], { ...checked, ...more }), code('b', ['pay'])], { script: { pay: () => cut, ...script } })
}

test('what happened completes the step, and nobody is asked', async () => {
  const bench = paying({ 'pay check': () => completed({ receipt: 7 }) })
  const run = await bench.start()
  expect(bench.started()).toEqual(['pay', 'pay check', 'b'])
  expect(bench.execution.tasks.at(-1)?.view.outputs).toEqual({ pay: { receipt: 7 } })
  expect(new Set(bench.execution.tasks.slice(0, 2).map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1)
  expect(bench.record(run).status).toBe('completed')
  expect(bench.disk.runs.get(run)?.decisions.size).toBe(0)
})

test('what did not happen is tried again under the same key, and counts as a try that failed', async () => {
  const bench = paying({ 'pay check': () => didNotHappen }, { retry: retry(2) })
  const run = await bench.start()
  expect(bench.record(run)).toMatchObject({ status: 'waiting', waiting: 'backoff' })
  await bench.pass(1_000)
  expect(bench.started()).toEqual(['pay', 'pay check', 'pay', 'pay check'])
  expect(new Set(bench.execution.tasks.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1)
  expect(bench.record(run)).toMatchObject({ status: 'failed', failure: { class: 'crash', message: 'gone: its effect did not happen, its check says' } })
})

test('what the receiver cannot tell, a person says, and is told what is known on both sides', async () => {
  const bench = paying({ 'pay check': () => cannotTell })
  const run = await bench.start()
  expect(bench.record(run)).toMatchObject({ status: 'waiting', waiting: 'in_doubt' })
  expect(bench.decision(run)).toMatchObject({ kind: 'in_doubt', failure: { message: expect.stringMatching(/gone.*closed until morning/) } })
  await bench.decide(run, 'happened', { edit: { receipt: 7 } })
  expect(bench.started()).toEqual(['pay', 'pay check', 'b'])
})

test('a receiver that cannot be asked is asked again, and then a person is', async () => {
  const bench = paying({ 'pay check': () => failed('transient', 'no line') }, { retry: retry(2) })
  const run = await bench.start()
  expect(bench.step(run, 'pay')).toMatchObject({ status: 'in_doubt', waiting: { for: 'backoff' } })
  await bench.pass(1_000)
  expect(bench.started()).toEqual(['pay', 'pay check', 'pay check'])
  expect(bench.execution.tasks.map(({ attempt }) => attempt)).toEqual([1, 1, 2])
  expect(bench.decision(run)).toMatchObject({ kind: 'in_doubt', failure: { message: expect.stringContaining('no line') } })
})

test('a check that nobody answers has its time, and so has one that answers what no check can', async () => {
  const silent = paying({ 'pay check': hangs }, { retry: retry(1) })
  const run = await silent.start()
  await silent.pass(30_000)
  expect(silent.decision(run).kind).toBe('in_doubt')

  const wrong = paying({ 'pay check': () => ({ type: 'waits', duration: 1 }) }, { retry: retry(1) })
  expect(wrong.decision(await wrong.start()).kind).toBe('in_doubt')
})

test('the host dies while the receiver is asked: the next one asks again', async () => {
  let asked = 0
  const bench = paying({ 'pay check': () => ((asked += 1) === 1 ? undefined : completed('paid')) })
  const run = await bench.start()
  await bench.restart()
  expect(bench.started()).toEqual(['pay check', 'b'])
  expect(bench.record(run).status).toBe('completed')
})

test('a process that takes the check down through no fault of its own is replaced at once', async () => {
  let asked = 0
  const bench = paying({ 'pay check': () => ((asked += 1) === 1 ? { ...cut, own: false } : completed('paid')) }, { retry: retry(1) })
  const run = await bench.start()
  expect(bench.record(run).status).toBe('completed')
})

test('a run that is cancelled meanwhile ends once it is known: what happened is compensated', async () => {
  for (const happened of [true, false]) {
    const bench = paying({ 'pay check': hangs }, { compensates: true })
    const run = await bench.start()
    await bench.until(bench.engine.cancel({ run, seen: null, actor: person, reason: 'enough' }))
    expect(bench.record(run).status).toBe('compensating')
    const task = bench.execution.tasks.at(-1)
    if (task === undefined) throw new Error('the receiver was not asked')
    bench.execution.sink?.ended(task.ref, happened ? completed('paid') : didNotHappen)
    await bench.settle()
    expect(bench.record(run).status).toBe('cancelled')
    expect(bench.started().includes('pay compensation')).toBe(happened)
  }
})

test('a paused run asks nobody until it is resumed', async () => {
  const bench = paying({ pay: hangs, 'pay check': () => completed('paid') })
  const run = await bench.start()
  await bench.until(bench.engine.pause({ run, seen: null, actor: person, reason: null }))
  const [task] = bench.execution.tasks
  if (task === undefined) throw new Error('nothing was started')
  bench.execution.sink?.ended(task.ref, cut)
  await bench.settle()
  expect(bench.started()).toEqual(['pay'])
  await bench.until(bench.engine.resume({ run, seen: null, actor: person, reason: null }))
  await bench.settle()
  expect(bench.started()).toEqual(['pay', 'pay check', 'b'])
})
