/** A run that somebody wants ended, or that ran out of its time, with something inside an effect that does not end. */
import { expect, test } from 'vitest'
import { approvalStep as approval, codeStep as code } from '../../src/model/manifest.fixture.ts'
import { Rules, usualPolicy } from '../../src/model/policy/policy.ts'
import { answer, asks, byPerson, fails, hangs, unsafe } from './scripts.ts'
import { completed, Workbench } from './workbench.ts'

const undone = { ...unsafe, compensates: true } as const

test('what is inside an effect is waited for, and cut off once its grace is over: then a person is asked', async () => {
  const bench = new Workbench([code('deploy', [], undone)], { script: { deploy: hangs, 'deploy compensation': () => completed() } })
  const run = await bench.start()
  await bench.until(bench.engine.cancel({ ...byPerson, run }))
  await bench.pass(9_999)
  expect(bench.execution.stopped).toEqual([])
  expect(bench.record(run)).toMatchObject({ status: 'compensating', closing: { grace: { until: expect.any(Number) } } })
  await bench.pass(1)
  expect(bench.execution.stopped).toMatchObject([{ step: 'deploy' }])
  expect(bench.step(run, 'deploy')).toMatchObject({ status: 'in_doubt', failure: { name: 'GraceOver', class: 'timeout' } })
  await bench.decide(run, 'happened', { edit: 'deployed' })
  expect(bench.record(run).status).toBe('cancelled')
  expect(bench.started()).toEqual(['deploy', 'deploy compensation'])
})

test('what ends within its grace is nobody\'s question', async () => {
  const bench = new Workbench([code('deploy', [], undone)], { script: { deploy: hangs, 'deploy compensation': () => completed() } })
  const run = await bench.start()
  await bench.until(bench.engine.cancel({ ...byPerson, run }))
  await bench.pass(5_000)
  await answer(bench, 'deploy', 1)
  expect(bench.record(run).status).toBe('cancelled')
  expect(bench.started()).toEqual(['deploy', 'deploy compensation'])
})

test('a workspace says how long that is; what is not inside an effect gets none', async () => {
  const policy = { ...usualPolicy, usual: Rules.parse({ ending: { grace: '0s' } }) }
  const bench = new Workbench([code('deploy', [], unsafe), code('build')], { script: { deploy: hangs, build: hangs }, policy: () => policy })
  const run = await bench.start()
  await bench.until(bench.engine.cancel({ ...byPerson, run }))
  await bench.settle()
  expect(bench.statuses(run)).toEqual({ deploy: 'in_doubt', build: 'cancelled' })
})

test('a run that ran out of its time does not wait without a bound', async () => {
  const bench = new Workbench([code('deploy', [], unsafe)], { script: { deploy: hangs }, timeout: 60_000 })
  const run = await bench.start()
  await bench.pass(70_000)
  expect(bench.step(run, 'deploy').status).toBe('in_doubt')
  await bench.decide(run, 'did-not-happen')
  expect(bench.record(run)).toMatchObject({ status: 'failed', failure: { name: 'RunTimeout' } })
})

test('who rejects wants it ended, too', async () => {
  const bench = new Workbench([code('deploy', [], unsafe), approval('ask')], { script: { deploy: hangs, ask: asks } })
  const run = await bench.start()
  await bench.decide(run, 'reject')
  await bench.pass(10_000)
  expect(bench.step(run, 'deploy').status).toBe('in_doubt')
})

test('a run that fails waits for what is inside an effect; cancelling gives that a grace, and the run fails all the same', async () => {
  const bench = new Workbench([code('deploy', [], unsafe), code('test')], { script: { deploy: hangs, test: fails } })
  const run = await bench.start()
  await bench.pass(3_600_000)
  expect(bench.step(run, 'deploy').status).toBe('running')
  await bench.until(bench.engine.cancel({ ...byPerson, run }))
  await bench.pass(10_000)
  await bench.decide(run, 'did-not-happen')
  expect(bench.record(run).status).toBe('failed')
})

test('a compensation that begins after the cancel is not under its grace; one that hangs is, once somebody cancels again', async () => {
  const bench = new Workbench([code('book', [], undone), code('next', ['book'])], { script: { next: hangs, 'book compensation': hangs } })
  const run = await bench.start()
  await bench.until(bench.engine.cancel({ ...byPerson, run }))
  await bench.pass(3_600_000)
  expect(bench.record(run).closing).toEqual({ outcome: 'cancelled', failure: null })
  await bench.until(bench.engine.cancel({ ...byPerson, run }))
  await bench.pass(10_000)
  expect(bench.step(run, 'book')).toMatchObject({ waiting: { for: 'decision' }, failure: { name: 'GraceOver' } })
})

test('a host that is followed by another leaves nothing of the grace: what was under way is in doubt at once', async () => {
  const bench = new Workbench([code('deploy', [], unsafe)], { script: { deploy: hangs } })
  const run = await bench.start()
  await bench.until(bench.engine.cancel({ ...byPerson, run }))
  await bench.restart()
  expect(bench.step(run, 'deploy').status).toBe('in_doubt')
  await bench.decide(run, 'did-not-happen')
  expect(bench.record(run).status).toBe('cancelled')
})
