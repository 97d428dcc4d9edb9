/** What the workspace says of steps and runs that hang, where their definitions say nothing. */
import { describe, expect, test } from 'vitest'
import { approvalStep as approval, codeStep as code, waitStep as wait } from '../../src/model/manifest.fixture.ts'
import { type Policy, Rules, usualPolicy } from '../../src/model/policy/policy.ts'
import { asks, hangs } from './scripts.ts'
import { completed, Workbench } from './workbench.ts'

const detecting = (detection: object) => (): Policy => ({ ...usualPolicy, usual: Rules.parse({ detection }) })
const once = { retry: { attempts: 1, initial: 0, factor: 1, max: 0, jitter: 0 } }
const failureOf = (bench: Workbench, run: Parameters<Workbench['record']>[0]) => bench.record(run).failure

describe('a step that hangs and has no timeout', () => {
  const policy = detecting({ timeouts: { step: '10s', critical_step: '3s' } })

  test.each([
    ['is ended when that time is over', {}, 10_000],
    ['sooner where it is critical', { critical: true }, 3_000],
    ['and by its own where it has one', { timeout: 20_000, critical: true }, 20_000],
  ])('%s', async (_what, options, limit) => {
    const bench = new Workbench([code('a', [], { ...once, ...options })], { script: { a: hangs }, policy })
    const run = await bench.start()
    await bench.pass(limit - 1)
    expect(bench.record(run).status).toBe('running')
    await bench.pass(1)
    expect(failureOf(bench, run)).toMatchObject({ class: 'timeout', name: 'StepTimeout', exceeded: { of: 'time', limit } })
  })

  test('is let hang for ever where nobody says anything of it', async () => {
    const bench = new Workbench([code('a')], { script: { a: hangs } })
    const run = await bench.start()
    await bench.pass(86_400_000)
    expect(bench.record(run).status).toBe('running')
  })

  test('undoes nothing for longer than that either', async () => {
    const script = { done: () => completed(), 'done compensation': hangs, a: hangs }
    const bench = new Workbench([code('done', [], { compensates: true }), code('a', ['done'], once)], { script, policy })
    const run = await bench.start()
    await bench.pass(10_000)
    expect(bench.record(run).status).toBe('compensating')
    await bench.pass(10_000)
    expect(bench.execution.stopped.map(({ step }) => step)).toEqual(['a', 'done'])
  })

  test('and what waits for a person or for a time is not hurried', async () => {
    const bench = new Workbench([wait('w', [], 60_000), approval('ask', ['w'])], { script: { ask: asks }, policy })
    const run = await bench.start()
    await bench.pass(600_000)
    expect(bench.record(run)).toMatchObject({ status: 'waiting', waiting: 'decision' })
  })
})

test('a run whose workflow has no timeout ends when that of the workspace is over', async () => {
  const bench = new Workbench([code('a')], { script: { a: hangs }, policy: detecting({ timeouts: { run: '1m' } }) })
  const run = await bench.start()
  await bench.pass(59_999)
  expect(bench.record(run).status).toBe('running')
  await bench.pass(1)
  expect(failureOf(bench, run)).toMatchObject({ name: 'RunTimeout', message: 'the run took longer than the 60000 ms that it may take' })
})

test('a step of code that says nothing of heartbeats has to have some where the workspace wants them', async () => {
  const bench = new Workbench([code('a', [], once)], { script: { a: hangs }, policy: detecting({ timeouts: { heartbeat: '30s' } }) })
  const run = await bench.start()
  await bench.pass(29_999)
  expect(bench.record(run).status).toBe('running')
  await bench.pass(1)
  expect(failureOf(bench, run)).toMatchObject({ name: 'HeartbeatMissed' })
})

test('a step of code has as much memory and processor time as the workspace says, and what recovery has raised goes before that', async () => {
  const exceeded = { of: 'memory' as const, limit: 256_000_000 }
  const tooMuch = { type: 'cut_off' as const, own: true, failure: { class: 'resource' as const, name: 'ResourceLimit', message: 'it took too much', exceeded } }
  let tries = 0
  const bench = new Workbench([code('a')], { script: { a: () => ((tries += 1) === 1 ? tooMuch : completed()) }, policy: detecting({ memory: '256MB', processor: '5s' }) })
  const run = await bench.start()
  expect(bench.record(run).status).toBe('completed')
  const given = bench.execution.tasks.map(({ allowance }) => allowance)
  expect(given).toEqual([{ memory: 256_000_000, processor: 5_000 }, { memory: 512_000_000, processor: 5_000 }])
})
