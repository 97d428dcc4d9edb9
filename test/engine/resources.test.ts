/** What there is only so much of: who holds it, who waits for it, and what becomes of that whatever happens. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type RunId, WorkflowName } from '../../src/model/ids.ts'
import { codeStep as code } from '../../src/model/manifest.fixture.ts'
import { Bulkhead, Limits, Resources } from '../../src/model/policy/coordination.ts'
import { type Policy, Rules, usualPolicy } from '../../src/model/policy/policy.ts'
import { answer, byPerson, hangs, unsafe } from './scripts.ts'
import { completed, failed, person, step, Workbench, type WorkbenchOptions } from './workbench.ts'

const smtp = { uses: { smtp: 1 } } as const

function policy(more: { resources?: Resources; limits?: object; bulkhead?: object; usual?: object } = {}): Policy {
  const { resources = {}, limits = {}, bulkhead = {}, usual = {} } = more
  return {
    ...usualPolicy,
    usual: Rules.parse(usual),
    resources: Resources.parse(resources),
    limits: Limits.parse(limits),
    bulkheads: { usual: Bulkhead.parse({ share: 1, ...bulkhead }), workflows: new Map() },
  }
}

const holding = (script: WorkbenchOptions['script'] = { send: hangs }, resources: Resources = { smtp: 1 }): WorkbenchOptions => ({
  script,
  policy: () => policy({ resources }),
})

const held = (bench: Workbench, name = 'smtp') => bench.engine.resources().find((each) => each.name === name)
const begin = async (bench: Workbench, count: number): Promise<RunId[]> => {
  const runs: RunId[] = []
  for (let left = count; left > 0; left -= 1) {
    runs.push(await bench.start())
    await bench.pass(1)
  }
  return runs
}

describe('a resource', () => {
  test('is held while an attempt is under way, and others wait for it in the order in which they came', async () => {
    const bench = new Workbench([code('send', [], smtp)], holding())
    const [first, second, third] = await begin(bench, 3)
    expect([first, second, third].map((run) => run && bench.record(run).waiting)).toEqual([null, 'resource', 'resource'])
    expect(held(bench)).toMatchObject({ capacity: 1, held: 1, waiting: 2, holders: [{ run: first, step: 'send' }] })
    expect(held(bench)?.waiters.map(({ run, place }) => [run, place])).toEqual([[second, 1], [third, 2]])
    await answer(bench, 'send', 1)
    expect([first, second, third].map((run) => run && bench.step(run, 'send').status)).toEqual(['completed', 'running', 'waiting'])
    await answer(bench, 'send', 2)
    await answer(bench, 'send', 3)
    expect([first, second, third].map((run) => run && bench.record(run).status)).toEqual(['completed', 'completed', 'completed'])
    expect(held(bench)).toMatchObject({ held: 0, waiting: 0 })
  })

  test('goes from one step of a run to the next in one transition', async () => {
    const bench = new Workbench([code('a', [], smtp), code('b', ['a'], smtp)], holding({}))
    const run = await bench.start()
    expect(bench.record(run).status).toBe('completed')
    expect(bench.events(run).some(({ type }) => type === 'resources_awaited')).toBe(false)
  })

  test('that nobody has declared is a lock', async () => {
    const bench = new Workbench([code('send', [], { uses: { staging: 1 } })], holding({ send: hangs }, {}))
    await begin(bench, 2)
    expect(held(bench, 'staging')).toMatchObject({ capacity: 1, isDeclared: false, held: 1, waiting: 1 })
  })

  test('of which there is none starts nothing until the settings say otherwise, and then at once', async () => {
    let resources: Resources = { smtp: 0 }
    let now = policy({ resources })
    const bench = new Workbench([code('send', [], smtp)], { policy: () => now })
    const run = await bench.start()
    expect(bench.record(run)).toMatchObject({ status: 'waiting', waiting: 'resource' })
    resources = { smtp: 1 }
    now = policy({ resources })
    bench.engine.reconsider()
    await bench.settle()
    expect(bench.record(run).status).toBe('completed')
  })

  test('is let go of while the step waits to be tried again', async () => {
    let tries = 0
    const send = () => ((tries += 1) === 1 ? failed('transient') : completed())
    const bench = new Workbench([code('send', [], { ...smtp, retry: { attempts: 2, initial: 60_000, factor: 1, max: 60_000, jitter: 0 } })], holding({ send }))
    const [first, second] = await begin(bench, 2)
    expect([first, second].map((run) => run && bench.record(run).status)).toEqual(['waiting', 'completed'])
    await bench.pass(60_000)
    expect(first && bench.record(first).status).toBe('completed')
  })

  test('is not taken by who waits while its run is paused; it keeps its place', async () => {
    const bench = new Workbench([code('send', [], smtp)], holding())
    const [, second, third] = await begin(bench, 3)
    if (second === undefined || third === undefined) throw new Error('three have begun')
    await bench.until(bench.engine.pause({ ...byPerson, run: second }))
    await answer(bench, 'send', 1)
    expect([second, third].map((run) => bench.step(run, 'send').status)).toEqual(['waiting', 'running'])
    await bench.until(bench.engine.resume({ ...byPerson, run: second }))
    await answer(bench, 'send', 2)
    expect(bench.step(second, 'send').status).toBe('running')
  })

  test.each(['cancel', 'restore'] as const)('is let go of by who is made to: %s', async (how) => {
    const bench = new Workbench([code('send', [], smtp)], holding())
    const [first, second] = await begin(bench, 2)
    if (first === undefined || second === undefined) throw new Error('two have begun')
    if (how === 'cancel') await bench.until(bench.engine.cancel({ ...byPerson, run: first }))
    else await bench.restore(first, 0)
    await bench.settle()
    expect(bench.step(second, 'send').status).toBe('running')
    expect(held(bench)?.held).toBe(1)
    // Who goes back comes after those who wait already.
    if (how === 'restore') expect(bench.step(first, 'send').status).toBe('waiting')
  })

  test('is held by what undoes a step, too', async () => {
    const bench = new Workbench([code('send', [], { ...smtp, compensates: true }), code('fails', ['send'])], holding({ fails: () => failed('permanent'), 'send compensation': hangs }))
    const [first, second] = await begin(bench, 2)
    if (first === undefined || second === undefined) throw new Error('two have begun')
    expect(bench.record(first).status).toBe('compensating')
    expect(bench.step(second, 'send').status).toBe('waiting')
    await answer(bench, 'send', 2)
    expect(bench.record(first).status).toBe('failed')
    expect(bench.step(second, 'send').status).toBe('completed')
    expect(held(bench)).toMatchObject({ held: 1, holders: [{ run: second, step: 'send' }] })
  })

  test('outlives its host neither lost nor doubled, and who waited longest comes first', async () => {
    const bench = new Workbench([code('send', [], { ...smtp, effect: { repeat: 'safe' } })], holding())
    const runs = await begin(bench, 3)
    await bench.restart()
    expect(held(bench)).toMatchObject({ capacity: 1, held: 1, waiting: 2 })
    expect(runs.map((run) => bench.step(run, 'send').status)).toEqual(['waiting', 'running', 'waiting'])
    await answer(bench, 'send', 1)
    await answer(bench, 'send', 2)
    await answer(bench, 'send', 3)
    expect(runs.map((run) => bench.record(run).status)).toEqual(['completed', 'completed', 'completed'])
  })

  test('is free again where an attempt was cut off and nobody knows whether its effect happened', async () => {
    const bench = new Workbench([code('send', [], { ...smtp, ...unsafe })], holding())
    const [first, second] = await begin(bench, 2)
    if (first === undefined || second === undefined) throw new Error('two have begun')
    await bench.restart()
    expect(bench.step(first, 'send').status).toBe('in_doubt')
    expect(bench.step(second, 'send').status).toBe('running')
  })

  test('is told before a person acts: what is expected says that it waits', async () => {
    const bench = new Workbench([code('a'), code('send', ['a'], smtp)], holding())
    const [, second] = await begin(bench, 2)
    if (second === undefined) throw new Error('two have begun')
    const told = await bench.until(bench.engine.preview({ run: second, checkpoint: bench.checkpoint(second, 'a'), definition: 'pinned' }))
    expect(told.becomes).toBe('waiting')
    expect(told.runs).toMatchObject([{ step: 'send', certain: true, why: 'it starts once there is enough of what it uses' }])
    expect(await bench.restore(second, bench.checkpoint(second, 'a'))).toMatchObject({ status: 'waiting', waiting: 'resource' })
  })
})

describe('no deadlock', () => {
  test('comes of steps that use several, in whatever order they say so', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.subarray(['a', 'b', 'c', 'd'], { minLength: 1 }), { minLength: 2, maxLength: 8 }), fc.array(fc.nat(50), { minLength: 30 }), async (uses, lengths) => {
        const steps = uses.map((names, index) => code(`s${index}`, [], { uses: Object.fromEntries(names.map((name) => [name, 1])) }))
        let count = 0
        const script = Object.fromEntries(steps.map(({ id }) => [id, ({ ref }: { readonly ref: Parameters<NonNullable<Workbench['execution']['sink']>['ended']>[0] }) => {
          bench.time.after(lengths[(count += 1) % lengths.length] ?? 1, () => bench.execution.sink?.ended(ref, completed()))
          return undefined
        }]))
        const bench = new Workbench(steps, { script, policy: () => policy() })
        const runs = [await bench.start(), await bench.start(), await bench.start()]
        await bench.pass(runs.length * steps.length * 51)
        expect(runs.map((run) => bench.record(run).status)).toEqual(['completed', 'completed', 'completed'])
      }),
      { numRuns: 30 },
    )
  })
})

describe('limits', () => {
  const limited = (more: Parameters<typeof policy>[0], script: WorkbenchOptions['script'] = { a: hangs }): WorkbenchOptions => ({ script, policy: () => policy(more) })

  test('runs beyond what may go on at once are queued, and begin by priority, then by age', async () => {
    const bench = new Workbench([code('a')], limited({ limits: { runs: 1 } }))
    const start = async (priority: number): Promise<RunId> => {
      const { id } = await bench.until(bench.engine.start({ workflow: bench.manifest.name, input: {}, context: {}, correlation: null, priority, actor: person }))
      await bench.pass(1)
      return id
    }
    const runs = [await start(0), await start(0), await start(50), await start(0)]
    expect(runs.map((run) => bench.record(run).status)).toEqual(['running', 'queued', 'queued', 'queued'])
    expect(runs.map((run) => bench.events(run).some(({ type }) => type === 'run_queued'))).toEqual([false, true, true, true])
    const begun: (RunId | undefined)[] = []
    for (let nth = 1; nth <= 4; nth += 1) {
      begun.push(runs.find((run) => bench.record(run).status === 'running'))
      await answer(bench, 'a', nth)
    }
    expect(begun).toEqual([runs[0], runs[2], runs[1], runs[3]])
    expect(runs.map((run) => bench.record(run).status)).toEqual(['completed', 'completed', 'completed', 'completed'])
  })

  test('a run that is queued can be paused, resumed, cancelled, and outlives its host', async () => {
    const bench = new Workbench([code('a')], limited({ limits: { runs: 1 } }))
    const [first, second, third] = await begin(bench, 3)
    if (first === undefined || second === undefined || third === undefined) throw new Error('three have begun')
    await bench.until(bench.engine.pause({ ...byPerson, run: second }))
    expect(bench.record(second).status).toBe('paused')
    await bench.until(bench.engine.resume({ ...byPerson, run: second }))
    expect(bench.record(second).status).toBe('queued')
    await bench.restart()
    expect([first, second, third].map((run) => bench.record(run).status)).toEqual(['running', 'queued', 'queued'])
    await bench.until(bench.engine.cancel({ ...byPerson, run: second }))
    expect(bench.record(second).status).toBe('cancelled')
    await answer(bench, 'a', 1)
    expect(bench.record(third).status).toBe('running')
  })

  test('a run that the store keeps from being taken up with the others is queued where its place is taken since', async () => {
    let unread: RunId | undefined
    const fails = (object: string, key: string): boolean => object === 'run' && key === unread
    const bench = new Workbench([code('a')], { ...limited({ limits: { runs: 1 } }), fails })
    const [first, second] = [await bench.start(), await bench.start()]
    unread = first
    await bench.restart()
    expect(bench.record(second).status).toBe('running')
    unread = undefined
    await bench.pass(4_000)
    expect([first, second].map((run) => bench.record(run).status)).toEqual(['queued', 'running'])
    await answer(bench, 'a', 1)
    expect([first, second].map((run) => bench.record(run).status)).toEqual(['running', 'completed'])
  })

  test('a run that has ended and goes back is queued like any other', async () => {
    const bench = new Workbench([code('a')], limited({ limits: { runs: 1 } }))
    const [first, second] = await begin(bench, 2)
    if (first === undefined || second === undefined) throw new Error('two have begun')
    await bench.until(bench.engine.cancel({ ...byPerson, run: first }))
    await bench.settle()
    expect(bench.record(second).status).toBe('running')
    expect((await bench.restore(first, 0)).status).toBe('queued')
  })

  test('what more is started than may be queued is refused, with when to come back, and nothing is stored of it', async () => {
    const bench = new Workbench([code('a')], limited({ limits: { runs: 1, queued: 1 } }))
    await begin(bench, 2)
    await expect(bench.start()).rejects.toMatchObject({ name: 'Busy', queued: 1, most: 1, retryAfter: expect.any(Number) })
    expect(bench.disk.runs.size).toBe(2)
    await answer(bench, 'a', 1)
    await bench.start()
    expect(bench.disk.runs.size).toBe(3)
  })

  test('attempts at once, over all runs, of a workflow, and of a step', async () => {
    for (const more of [{ limits: { attempts: 2 } }, { bulkhead: { attempts: 2 } }, { usual: { concurrency: { attempts: 2 } } }]) {
      const bench = new Workbench([code('a')], limited(more))
      const runs = await begin(bench, 4)
      expect(runs.map((run) => bench.record(run).status)).toEqual(['running', 'running', 'waiting', 'waiting'])
      await answer(bench, 'a', 1)
      expect(runs.map((run) => bench.record(run).status)).toEqual(['completed', 'running', 'running', 'waiting'])
    }
  })

  test('one that is set while attempts are under way counts those, and one that is taken away lets all go on', async () => {
    let now = policy()
    const bench = new Workbench([code('a')], { script: { a: hangs }, policy: () => now })
    const running = await begin(bench, 2)
    now = policy({ limits: { attempts: 2 } })
    bench.engine.reconsider()
    const later = await begin(bench, 2)
    const statuses = (): unknown => [...running, ...later].map((run) => bench.record(run).status)
    expect(statuses()).toEqual(['running', 'running', 'waiting', 'waiting'])
    expect(held(bench, '@attempts')).toMatchObject({ capacity: 2, held: 2, waiting: 2 })
    await answer(bench, 'a', 1)
    expect(statuses()).toEqual(['completed', 'running', 'running', 'waiting'])
    now = policy()
    bench.engine.reconsider()
    await bench.settle()
    expect(statuses()).toEqual(['completed', 'running', 'running', 'running'])
  })

  test('one workflow leaves the others their share', async () => {
    const bench = new Workbench([code('a')], limited({ limits: { attempts: 4 }, bulkhead: { share: 0.5 } }))
    const flood = await begin(bench, 4)
    expect(flood.map((run) => bench.record(run).status)).toEqual(['running', 'running', 'waiting', 'waiting'])
    bench.publish([code('a')], { name: WorkflowName.parse('other') })
    const other = await bench.start()
    expect(bench.record(other).status).toBe('running')
  })

  test('a high run goes before a normal one for as long as ageing says, and no longer', async () => {
    const bench = new Workbench([code('a')], limited({ limits: { runs: 1, ageing: '1s' } }))
    const start = async (priority: number): Promise<RunId> =>
      (await bench.until(bench.engine.start({ workflow: bench.manifest.name, input: {}, context: {}, correlation: null, priority, actor: person }))).id
    await start(0)
    const normal = await start(0)
    await bench.pass(49_000)
    const soon = await start(50)
    await bench.pass(2_000)
    const late = await start(50)
    for (let nth = 1; nth <= 3; nth += 1) await answer(bench, 'a', nth)
    expect(bench.execution.tasks.map(({ ref }) => ref.run).slice(1)).toEqual([soon, normal, late])
  })

  test('one that is not set is as it was: the step knows nothing of it', async () => {
    const bench = new Workbench([code('a')], { policy: () => usualPolicy })
    const run = await bench.start()
    expect(bench.record(run)).toMatchObject({ status: 'completed', priority: 0, admitted: true })
    expect(bench.step(run, 'a').step).toBe(step('a'))
  })
})
