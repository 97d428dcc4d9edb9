/** A dependency that fails again and again is left alone: steps of the workflow wait for its breaker, and fail of it no more. */
import { describe, expect, test } from 'vitest'
import { codeStep as code, httpStep as http } from '../../src/model/manifest.fixture.ts'
import type { HostEvent } from '../../src/model/event.ts'
import { type Policy, Rules, usualPolicy } from '../../src/model/policy/policy.ts'
import { WorkflowName } from '../../src/model/ids.ts'
import type { Task } from '../../src/engine/ports.ts'
import { answer } from './scripts.ts'
import { completed, failed, person, Workbench } from './workbench.ts'

const policy = (): Policy => ({
  ...usualPolicy,
  usual: Rules.parse({ breakers: { failures: 3, within: '1m', cool_down: '30s' } }),
})
const retry = (attempts: number) => ({ attempts, initial: 10, factor: 1, max: 10, jitter: 0 })
const ledger = { dependency: 'ledger' }
const name = { workflow: WorkflowName.parse('bench'), dependency: 'ledger' }

const journaled = (bench: Workbench): readonly HostEvent[] => bench.disk.journal.flatMap((entry) => (entry.run === null ? entry.events : []))

/** A step of one run after the other, of a ledger that is down as long as the test says. */
function benchOf(isDown: () => boolean, attempts = 9) {
  return new Workbench([code('book', [], { ...ledger, retry: retry(attempts) })], {
    script: { book: () => (isDown() ? failed('transient', 'no answer') : completed()) },
    policy,
  })
}

describe('a breaker', () => {
  test('opens after so many failures of whatever run, and what comes then waits without a try', async () => {
    const bench = benchOf(() => true)
    const first = await bench.start()
    await bench.pass(1_000)
    expect(bench.record(first)).toMatchObject({ status: 'waiting', waiting: 'breaker' })
    expect(bench.started()).toHaveLength(3)
    expect(bench.step(first, 'book')).toMatchObject({ tries: 3, waiting: { for: 'breaker', on: 'ledger' } })

    const second = await bench.start()
    expect(bench.record(second)).toMatchObject({ status: 'waiting', waiting: 'breaker' })
    expect(bench.started()).toHaveLength(3)
    expect(bench.engine.breakers()).toMatchObject([
      { ...name, status: 'open', holds: 2, held: [{ run: first, step: 'book' }, { run: second, step: 'book' }], last: { run: first, class: 'transient' } },
    ])
    expect(journaled(bench)).toMatchObject([{ type: 'breaker_opened', breaker: { ...name, times: 1 } }])
  })

  test('lets one through once it has cooled down; where that fails, it opens again, where it is answered, all go on', async () => {
    let isDown = true
    const bench = benchOf(() => isDown)
    const runs = [await bench.start(), await bench.start(), await bench.start()]
    await bench.pass(1_000)
    const before = bench.started().length
    await bench.pass(30_000)
    expect(bench.started()).toHaveLength(before + 1)
    expect(bench.engine.breakers()).toMatchObject([{ status: 'open', holds: 3 }])
    expect(journaled(bench).at(-1)).toMatchObject({ type: 'breaker_opened', breaker: { times: 2 } })

    isDown = false
    await bench.pass(30_000)
    expect(runs.map((run) => bench.record(run).status)).toEqual(['completed', 'completed', 'completed'])
    expect(bench.engine.breakers()).toEqual([])
    expect(journaled(bench).at(-1)).toMatchObject({ type: 'breaker_closed', by: 'answer' })
  })

  test('outlives the host, and so does what waits for it', async () => {
    let isDown = true
    const bench = benchOf(() => isDown)
    const run = await bench.start()
    await bench.pass(1_000)
    const before = bench.started().length
    await bench.die(1_000)
    await bench.restart()
    expect(bench.engine.breakers()).toMatchObject([{ status: 'open', holds: 1, held: [{ run }] }])
    expect(bench.started()).toEqual([])
    const second = await bench.start()
    expect(bench.record(second).waiting).toBe('breaker')
    isDown = false
    await bench.pass(30_000)
    expect([bench.record(run).status, bench.record(second).status]).toEqual(['completed', 'completed'])
    expect(before).toBe(3)
  })

  test('is closed by a person, with a reason that is in the journal, and what it held goes on at once', async () => {
    let isDown = true
    const bench = benchOf(() => isDown)
    const run = await bench.start()
    await bench.pass(1_000)
    isDown = false
    await bench.until(bench.engine.resetBreaker({ name, actor: person, reason: 'the ledger is back' }))
    await bench.settle()
    expect(bench.record(run).status).toBe('completed')
    const entry = bench.disk.journal.find(({ events }) => events.some(({ type }) => type === 'breaker_closed'))
    expect(entry).toMatchObject({ actor: person, events: [{ ...name, by: 'person', reason: 'the ledger is back' }] })
    expect([...bench.disk.breakers]).toEqual([])
    await expect(bench.until(bench.engine.resetBreaker({ name, actor: person, reason: null }))).rejects.toThrow('no breaker ledger of bench')
  })

  test('that has opened anew while a person was closing it stays open, as the journal has it', async () => {
    let closes = false
    let closing: Promise<void> | undefined
    const bench = new Workbench([code('book', [], { ...ledger, retry: retry(9) })], {
      script: {
        book() {
          if (closes) closing ??= bench.engine.resetBreaker({ name, actor: person, reason: null })
          return failed('transient', 'no answer')
        },
      },
      policy,
    })
    await bench.start()
    await bench.pass(1_000)
    closes = true
    await bench.pass(30_000)
    await closing
    expect(journaled(bench).map(({ type }) => type)).toEqual(['breaker_opened', 'breaker_closed', 'breaker_opened'])
    expect(bench.engine.breakers()).toMatchObject([{ ...name, status: 'open', holds: 1 }])
    expect(bench.disk.breakers.size).toBe(1)
  })

  test('holds back what has waited for a resource since before it opened, too', async () => {
    const lock = { uses: { lock: 1 } }
    const bench = new Workbench([code('hold', [], lock), code('book', [], { ...lock, ...ledger }), code('fail', [], { ...ledger, retry: retry(9) })], {
      script: { hold: () => undefined, fail: () => failed('transient', 'no answer') },
      policy,
    })
    const run = await bench.start()
    await bench.pass(1_000)
    expect(bench.step(run, 'book').waiting).toMatchObject({ for: 'resource' })
    expect(bench.step(run, 'fail').waiting).toMatchObject({ for: 'breaker' })
    await answer(bench, 'hold', 1)
    expect(bench.step(run, 'book')).toMatchObject({ attempts: 0, waiting: { for: 'breaker', on: 'ledger' } })
    expect(bench.engine.resources().find(({ name: each }) => each === 'lock')?.held ?? 0).toBe(0)
    await bench.pass(60_000)
    expect(bench.step(run, 'book').status).toBe('completed')
  })

  test('does not open for what was answered, nor for failures that are long ago, nor where it is not wanted', async () => {
    const answers = benchOf(() => true, 1)
    for (let count = 0; count < 6; count += 1) {
      await answers.start()
      await answers.pass(40_000)
    }
    expect(answers.started()).toHaveLength(6)

    const refused = new Workbench([code('book', [], ledger)], { script: { book: () => failed('permanent') }, policy })
    for (let count = 0; count < 6; count += 1) await refused.start()
    expect(refused.started()).toHaveLength(6)

    const never: Policy = { ...usualPolicy, usual: Rules.parse({ breakers: { enabled: false } }) }
    const off = new Workbench([code('book', [], { ...ledger, retry: retry(9) })], { script: { book: () => failed('transient') }, policy: () => never })
    await off.start()
    await off.pass(1_000)
    expect(off.started()).toHaveLength(9)
  })

  test('waiting for it is not failing: no try is counted, and the timeout of the run bounds it', async () => {
    const bench = new Workbench([code('book', [], { ...ledger, retry: retry(9) })], {
      script: { book: () => failed('transient') },
      policy,
      timeout: 20_000,
    })
    const run = await bench.start()
    await bench.pass(19_000)
    expect(bench.step(run, 'book').tries).toBe(3)
    await bench.pass(1_000)
    expect(bench.record(run)).toMatchObject({ status: 'failed', failure: { name: 'RunTimeout' } })
  })
})

describe('a request, which is known by its host and port once it is made', () => {
  /** Asks the engine as an executor does, and answers what came of that. */
  function benchWith(hosts: Readonly<Record<string, string>>, isDown: () => boolean) {
    const bench: Workbench = new Workbench(
      Object.keys(hosts).map((id) => http(id, [], { effect: null, retry: retry(9) })),
      { script: Object.fromEntries(Object.entries(hosts).map(([id, host]) => [id, (task: Task) => reach(task, host)])), policy },
    )
    const reach = ({ ref }: Task, host: string) => {
      // It asks once the engine's turn is over.
      queueMicrotask(() => {
        const dependency = `${host}:443`
        const { sink } = bench.execution
        if (sink?.reaches(ref, dependency) !== true) sink?.ended(ref, { type: 'held', dependency })
        else sink.ended(ref, host === 'down' && isDown() ? failed('timeout') : completed())
      })
      return undefined
    }
    return bench
  }

  test('is held back from there alone', async () => {
    let isDown = true
    const bench = benchWith({ one: 'down', two: 'down', other: 'up' }, () => isDown)
    const run = await bench.start()
    await bench.pass(1_000)
    expect(bench.statuses(run)).toEqual({ one: 'waiting', two: 'waiting', other: 'completed' })
    expect(bench.engine.breakers()).toMatchObject([{ dependency: 'down:443', status: 'open', holds: 2 }])
    const attempts = [...(bench.disk.runs.get(run)?.attempts.values() ?? [])]
    // Two were under way when the third failure opened it.
    expect(attempts.filter(({ status }) => status === 'failed')).toHaveLength(4)
    expect(attempts.filter(({ failure }) => failure?.name === 'BreakerOpen').map(({ status }) => status)).toEqual(['interrupted', 'interrupted'])
    isDown = false
    await bench.pass(30_000)
    expect(bench.record(run).status).toBe('completed')
  })
})
