/** Attempts that are to be heard of within some time. */
import { expect, test } from 'vitest'
import { codeStep as code } from '../../src/model/manifest.fixture.ts'
import type { Json } from '../../src/model/json.ts'
import { answer, byPerson, hangs, unsafe } from './scripts.ts'
import { completed, failed, type Script, Workbench } from './workbench.ts'

const once = { retry: { attempts: 1, initial: 0, factor: 1, max: 0, jitter: 0 } }
const twice = { retry: { attempts: 2, initial: 0, factor: 1, max: 0, jitter: 0 } }
const beating = { heartbeat: 30_000 }

/** The nth task of a step has a heartbeat now. */
function beat(bench: Workbench, id: string, nth: number, value: Json = null): void {
  const task = bench.execution.tasks.filter(({ ref }) => ref.step === id)[nth - 1]
  if (task === undefined) throw new Error(`${id} was not started ${nth} times`)
  bench.execution.sink?.signal({ type: 'heartbeat', ...task.ref, correlation: task.correlation, at: bench.time.now, value })
}

test('an attempt that is silent for longer than it may be ends as a timeout, when that time is over', async () => {
  const bench = new Workbench([code('long', [], { ...beating, ...once })], { script: { long: hangs } })
  const run = await bench.start()
  await bench.pass(29_999)
  expect(bench.record(run).status).toBe('running')
  await bench.pass(1)
  expect(bench.record(run)).toMatchObject({
    status: 'failed',
    failure: { class: 'timeout', name: 'HeartbeatMissed', message: 'attempt 1 of long had no heartbeat for 30000 ms' },
  })
  expect(bench.execution.stopped).toHaveLength(1)
})

test('each heartbeat gives it that time anew, and the next attempt goes on from the last', async () => {
  const script: Script = { long: (task) => (task.attempt === 1 ? undefined : completed(task.lastHeartbeat)) }
  const bench = new Workbench([code('long', [], { ...beating, ...twice })], { script })
  const run = await bench.start()
  for (let page = 1; page <= 20; page += 1) {
    await bench.pass(25_000)
    beat(bench, 'long', 1, { page })
  }
  expect(bench.record(run).status).toBe('running')
  await bench.pass(29_999)
  expect(bench.record(run).status).toBe('running')
  await bench.pass(1)
  await bench.settle()
  expect(bench.record(run).status).toBe('completed')
  expect(bench.value(run, bench.step(run, 'long').output)).toEqual({ page: 20 })
})

test('waiting for a process is no silence', async () => {
  const bench = new Workbench([code('long', [], beating)], { script: { long: hangs } })
  bench.execution.hasRoom = false
  const run = await bench.start()
  await bench.pass(600_000)
  expect(bench.record(run).status).toBe('running')
  const [task] = bench.execution.tasks
  if (task !== undefined) bench.execution.sink?.began(task.ref)
  await bench.pass(30_000)
  expect(bench.execution.stopped).toHaveLength(1)
})

test('of a heartbeat and a timeout, the one that is over first ends it', async () => {
  const bench = new Workbench([code('long', [], { ...beating, ...once, timeout: 40_000 })], { script: { long: hangs } })
  const run = await bench.start()
  await bench.pass(25_000)
  beat(bench, 'long', 1)
  await bench.pass(15_000)
  expect(bench.record(run).failure).toMatchObject({ name: 'StepTimeout' })
})

test('silent inside an effect that is not safe to repeat, it is in doubt', async () => {
  const bench = new Workbench([code('pay', [], { ...beating, ...unsafe })], { script: { pay: hangs } })
  const run = await bench.start()
  await bench.pass(30_000)
  expect(bench.record(run)).toMatchObject({ status: 'waiting', waiting: 'in_doubt' })
  expect(bench.decision(run).failure).toMatchObject({ name: 'HeartbeatMissed' })
})

test('none is asked of a compensation, nor of a step that declares none', async () => {
  const script: Script = { book: () => completed(), 'book compensation': hangs, fails: () => failed('permanent'), quiet: hangs }
  const bench = new Workbench([code('book', [], { ...beating, compensates: true }), code('fails', ['book'])], { script })
  const run = await bench.start()
  await bench.pass(600_000)
  expect(bench.record(run).status).toBe('compensating')
  const other = new Workbench([code('quiet')], { script })
  const quiet = await other.start()
  await other.pass(3_600_000)
  expect(other.record(quiet).status).toBe('running')
})

test('a paused run awaits heartbeats still: what is under way may end', async () => {
  const bench = new Workbench([code('long', [], { ...beating, ...once }), code('after', ['long'])], { script: { long: hangs } })
  const run = await bench.start()
  await bench.until(bench.engine.pause({ run, ...byPerson }))
  await bench.pass(10_000)
  beat(bench, 'long', 1)
  await bench.pass(29_999)
  expect(bench.execution.stopped).toEqual([])
  await answer(bench, 'long', 1)
  expect(bench.record(run).status).toBe('paused')
})
