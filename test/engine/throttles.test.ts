/** What answers that it is too much is asked by fewer at once: half as many then, one more after each stretch of other answers. */
import { describe, expect, test } from 'vitest'
import type { HostEvent } from '../../src/model/event.ts'
import { type RunId, WorkflowName } from '../../src/model/ids.ts'
import { codeStep as code, httpStep as http } from '../../src/model/manifest.fixture.ts'
import { Bulkhead } from '../../src/model/policy/coordination.ts'
import { type Policy, Rules, usualPolicy } from '../../src/model/policy/policy.ts'
import type { Task, TaskResult } from '../../src/engine/ports.ts'
import { answer, byPerson, hangs } from './scripts.ts'
import { completed, failure, person, Workbench } from './workbench.ts'

const name = { workflow: WorkflowName.parse('bench'), dependency: 'ledger' }
const ledger = { dependency: 'ledger', retry: null }
const tooMuch: TaskResult = { type: 'failed', failure: failure('resource', 'too many requests') }
const limit = '@reaching/bench/ledger'

const policy = (throttles: object = { stretch: 2 }, usual: object = {}): (() => Policy) => {
  const rules: Policy = {
    ...usualPolicy,
    usual: Rules.parse({ throttles, recovery: { wait_for_resource: { initial: '1m', longest: '1m' } }, ...usual }),
    bulkheads: { usual: Bulkhead.parse({ share: 1 }), workflows: new Map() },
  }
  return () => rules
}

const journaled = (bench: Workbench): readonly HostEvent[] => bench.disk.journal.flatMap((entry) => (entry.run === null ? entry.events : []))
const underWay = (bench: Workbench, runs: readonly RunId[], step = 'book') => runs.filter((run) => bench.step(run, step).status === 'running').length

async function begin(bench: Workbench, count: number): Promise<RunId[]> {
  const runs: RunId[] = []
  for (let left = count; left > 0; left -= 1) {
    runs.push(await bench.start())
    await bench.pass(1)
  }
  return runs
}

/** So many runs under way at a ledger that hangs until the test answers. */
async function benchOf(count: number, given = policy()): Promise<{ bench: Workbench; runs: RunId[] }> {
  const bench = new Workbench([code('book', [], ledger)], { script: { book: hangs }, policy: given })
  return { bench, runs: await begin(bench, count) }
}

describe('a throttle', () => {
  test('halves how many go on at once; what comes then waits, and says why', async () => {
    const { bench, runs } = await benchOf(8)
    await answer(bench, 'book', 1, tooMuch)
    expect(bench.engine.throttles()).toMatchObject([{ ...name, limit: 4, from: 8, underWay: 7, waiting: 0, last: { run: runs[0], step: 'book' } }])
    expect(journaled(bench)).toMatchObject([{ type: 'throttle_set', throttle: { ...name, limit: 4 }, was: null }])
    const next = await bench.start()
    expect(bench.record(next)).toMatchObject({ status: 'waiting', waiting: 'resource' })
    expect(bench.step(next, 'book').waiting).toMatchObject({ for: 'resource', on: 'ledger' })
    for (const nth of [2, 3, 4]) await answer(bench, 'book', nth)
    expect(bench.step(next, 'book').status).toBe('waiting')
    await answer(bench, 'book', 5)
    expect(bench.step(next, 'book').status).toBe('running')
    expect(bench.engine.resources().find((each) => each.name === limit)).toMatchObject({ capacity: 4, held: 4, waiting: 0 })
  })

  test('is lowered once by one burst, and again by who began since; never under one, nor under what policy says', async () => {
    const { bench } = await benchOf(8, policy({ stretch: 9 }))
    for (const nth of [1, 2, 3, 4, 5, 6, 7, 8]) await answer(bench, 'book', nth, tooMuch)
    expect(bench.engine.throttles()).toMatchObject([{ limit: 4, underWay: 0 }])
    await bench.pass(90_000)
    expect(bench.engine.throttles()).toMatchObject([{ limit: 4, underWay: 4, waiting: 4 }])
    const limits: unknown[] = []
    for (let nth = 9; nth < 20 && bench.execution.tasks.length >= nth; nth += 1) {
      await answer(bench, 'book', nth, tooMuch)
      await bench.pass(1)
      limits.push(bench.engine.throttles()[0]?.limit)
    }
    expect(limits).toEqual(limits.toSorted((one, other) => Number(other) - Number(one)))
    expect(limits.at(-1)).toBe(1)

    const least = await benchOf(8, policy({ least: 6 }))
    await answer(least.bench, 'book', 1, tooMuch)
    expect(least.bench.engine.throttles()).toMatchObject([{ limit: 6 }])
  })

  test('lets one more go on after each stretch of answers, and is lifted where as many may as before', async () => {
    const { bench, runs } = await benchOf(4)
    await answer(bench, 'book', 1, tooMuch)
    const more = await begin(bench, 8)
    for (const nth of [2, 3, 4]) await answer(bench, 'book', nth)
    // What began before it was lowered says nothing of how it is now.
    expect(bench.engine.throttles()).toMatchObject([{ limit: 2, answered: 0, stretch: 2 }])
    expect(underWay(bench, more)).toBe(2)
    await answer(bench, 'book', 5)
    expect(underWay(bench, more)).toBe(2)
    await answer(bench, 'book', 6)
    expect(bench.engine.throttles()).toMatchObject([{ limit: 3 }])
    expect(underWay(bench, more)).toBe(3)
    await answer(bench, 'book', 7)
    await answer(bench, 'book', 8)
    expect(bench.engine.throttles()).toEqual([])
    expect(underWay(bench, more)).toBe(4)
    expect(journaled(bench).map(({ type }) => type)).toEqual(['throttle_set', 'throttle_set', 'throttle_lifted'])
    expect(journaled(bench).at(-1)).toMatchObject({ ...name, by: 'answers' })
    expect(bench.disk.throttles.size).toBe(0)
    expect(runs).toHaveLength(4)
  })

  test('outlives the host as it stood', async () => {
    const bench = new Workbench([code('book', [], { ...ledger, effect: { repeat: 'safe' } })], { script: { book: hangs }, policy: policy() })
    const runs = await begin(bench, 6)
    await answer(bench, 'book', 1, tooMuch)
    await bench.restart()
    expect(bench.engine.throttles()).toMatchObject([{ ...name, limit: 3, from: 6, underWay: 3, waiting: 2 }])
    expect(underWay(bench, runs)).toBe(3)
  })

  test('is lifted by a person, with a reason that is in the journal, and what waits goes on at once', async () => {
    const { bench } = await benchOf(6)
    await answer(bench, 'book', 1, tooMuch)
    const more = await begin(bench, 3)
    expect(underWay(bench, more)).toBe(0)
    await bench.until(bench.engine.resetThrottle({ name, actor: person, reason: 'the ledger has room' }))
    await bench.settle()
    expect(underWay(bench, more)).toBe(3)
    const entry = bench.disk.journal.find(({ events }) => events.some(({ type }) => type === 'throttle_lifted'))
    expect(entry).toMatchObject({ actor: person, events: [{ ...name, by: 'person', reason: 'the ledger has room' }] })
    expect([...bench.disk.throttles]).toEqual([])
    await expect(bench.until(bench.engine.resetThrottle({ name, actor: person, reason: null }))).rejects.toThrow('no throttle ledger of bench')
  })

  test('stands for no failure of another kind, for nobody that is refused alone, and not where it is not wanted', async () => {
    const { bench } = await benchOf(4)
    await answer(bench, 'book', 1, { type: 'failed', failure: failure('transient', 'no answer') })
    await answer(bench, 'book', 2, { type: 'failed', failure: { ...failure('resource', 'too much memory'), exceeded: { of: 'memory', limit: 1_000 } } })
    await answer(bench, 'book', 3, { type: 'failed', failure: { ...failure('resource', 'no space left on device'), code: 'ENOSPC' } })
    expect(bench.engine.throttles()).toEqual([])

    const alone = await benchOf(1)
    await answer(alone.bench, 'book', 1, tooMuch)
    expect(alone.bench.engine.throttles()).toEqual([])

    const off = await benchOf(4, policy({ enabled: false }))
    await answer(off.bench, 'book', 1, tooMuch)
    expect(off.bench.engine.throttles()).toEqual([])
  })

  test('is never more than the settings say: the less of the two holds', async () => {
    const { bench } = await benchOf(8, policy({ stretch: 2 }, { concurrency: { attempts: 5 } }))
    await answer(bench, 'book', 1, tooMuch)
    expect(bench.engine.throttles()).toMatchObject([{ limit: 2, from: 5 }])
  })

  test('goes with the settings: switched off, what waits for it goes on', async () => {
    let current = policy()()
    const bench = new Workbench([code('book', [], ledger)], { script: { book: hangs }, policy: () => current })
    await begin(bench, 4)
    await answer(bench, 'book', 1, tooMuch)
    const more = await begin(bench, 3)
    expect(underWay(bench, more)).toBe(0)
    current = policy({ enabled: false })()
    bench.engine.reconsider()
    await bench.settle()
    expect(underWay(bench, more)).toBe(3)
  })

  test('leaves who waits its place: whoever came first goes on first, and a cancelled one lets the next', async () => {
    const { bench, runs } = await benchOf(2)
    await answer(bench, 'book', 1, tooMuch)
    const [first, second] = await begin(bench, 2)
    if (first === undefined || second === undefined || runs[1] === undefined) throw new Error('four have begun')
    expect(bench.engine.throttles()).toMatchObject([{ limit: 1, underWay: 1, waiting: 2 }])
    await bench.until(bench.engine.cancel({ ...byPerson, run: runs[1] }))
    await bench.settle()
    expect([first, second].map((run) => bench.step(run, 'book').status)).toEqual(['running', 'waiting'])
  })
})

test('a request, which is known by its host once it is made, is throttled with all steps that were seen to reach that', async () => {
  const asked: Task[] = []
  const bench: Workbench = new Workbench(['one', 'two', 'other'].map((id) => http(id, [], { effect: null, retry: null })), {
    script: Object.fromEntries(['one', 'two', 'other'].map((id) => [id, (task: Task) => reach(task, id === 'other' ? 'up:443' : 'busy:443')])),
    policy: policy({ stretch: 1 }),
  })
  function reach(task: Task, dependency: string) {
    queueMicrotask(() => {
      if (bench.execution.sink?.reaches(task.ref, dependency) === true) asked.push(task)
    })
    return undefined
  }
  await begin(bench, 4)
  expect(asked).toHaveLength(12)
  await answer(bench, 'one', 1, tooMuch)
  expect(bench.engine.throttles()).toMatchObject([{ dependency: 'busy:443', steps: ['one'], limit: 2, underWay: 3 }])
  await bench.pass(1)
  const [next] = await begin(bench, 1)
  if (next === undefined) throw new Error('one has begun')
  expect(bench.statuses(next)).toEqual({ one: 'waiting', two: 'running', other: 'running' })
  expect(bench.engine.throttles()).toMatchObject([{ steps: ['one', 'two'], underWay: 8 }])
  const [last] = await begin(bench, 1)
  if (last === undefined) throw new Error('another has begun')
  expect(bench.statuses(last)).toEqual({ one: 'waiting', two: 'waiting', other: 'running' })
  await answer(bench, 'two', 5, completed())
  expect(bench.engine.throttles()).toMatchObject([{ limit: 3 }])
})
