/** What becomes of runs that wait for one another by what they hold. */
import { describe, expect, test } from 'vitest'
import { deadlockInWords } from '../../src/model/deadlock.ts'
import type { JournalEntry } from '../../src/model/entry.ts'
import { type RunId, WorkflowName } from '../../src/model/ids.ts'
import { codeStep as code, workflowStep as child } from '../../src/model/manifest.fixture.ts'
import type { StepManifest } from '../../src/model/manifest.ts'
import { Bulkhead } from '../../src/model/policy/coordination.ts'
import { usualPolicy } from '../../src/model/policy/policy.ts'
import { begin, deadlocksOf, holds, inOrder, resources, status } from './holding.ts'
import { answer, byPerson, calls, hangs, standIn, unsafe } from './scripts.ts'
import { completed, person, step, Workbench, type WorkbenchOptions } from './workbench.ts'

describe('a deadlock', () => {
  const crossing = (script: WorkbenchOptions['script'], more: { a?: Parameters<typeof code>[2]; b?: Parameters<typeof code>[2] } = {}) =>
    new Workbench(inOrder('a', ['x', 'y'], more.a), { others: { other: inOrder('b', ['y', 'x'], more.b) }, script: { a1: hangs, b1: hangs, ...script } })

  /** Both hold their first, after so long. */
  const cross = async (bench: Workbench, wait: { a: number; b: number }): Promise<readonly [RunId, RunId]> => {
    const one = await begin(bench, 'bench')
    const other = await begin(bench, 'other')
    await bench.pass(wait.a)
    await answer(bench, 'a1', 1)
    await bench.pass(wait.b)
    await answer(bench, 'b1', 1)
    return [one, other]
  }

  test('of two is found at once; who loses least gives way, says for whom, and comes after', async () => {
    const bench = crossing({ a1: ({ ref }) => (ref.branch === 0 ? undefined : completed()), a2: hangs, b2: hangs })
    const [one, other] = await cross(bench, { a: 1_000, b: 5_000 })
    expect(bench.step(other, 'b2').status).toBe('running')
    expect(bench.record(one)).toMatchObject({ status: 'waiting', waiting: 'resource', branch: 1, holds: null, givenWay: { times: 1 }, rollbacks: null })
    const [error] = deadlocksOf(bench, one)
    expect(error).toMatchObject({ status: 'recovered', step: 'a2', recoveries: [{ strategy: 'give_way', outcome: 'worked' }], failure: { class: 'deadlock', deadlock: [{ run: one, step: 'a2', wants: 'y' }, { run: other, step: 'b2', wants: 'x' }] } })
    expect(error?.failure.message).toContain(deadlockInWords(error?.failure.deadlock ?? []))
    expect(error?.openedAt).toBe(bench.time.now)
    expect(deadlocksOf(bench, other)).toEqual([])
    await answer(bench, 'b2', 1)
    await answer(bench, 'a2', 1)
    expect(status(bench, one, other)).toEqual(['completed', 'completed'])
  })

  test('undoes what the one that gives way did with it, and does it again under a key of its own', async () => {
    const bench = crossing({ a1: ({ ref }) => (ref.branch === 0 ? undefined : completed()) }, { a: { ...unsafe, compensates: true } })
    const [one, other] = await cross(bench, { a: 1_000, b: 9_000 })
    expect(status(bench, one, other)).toEqual(['completed', 'completed'])
    expect(bench.started(one)).toEqual(['a1', 'a1 compensation', 'a1', 'a2', 'a'])
    expect(bench.record(one).generation).toBe(1)
  })

  test('has another give way where nothing takes back what the one did', async () => {
    const bench = crossing({ b1: ({ ref }) => (ref.branch === 0 ? undefined : completed()) }, { a: unsafe })
    const [one, other] = await cross(bench, { a: 1_000, b: 9_000 })
    expect([bench.record(one).branch, bench.record(other).branch]).toEqual([0, 1])
    expect(status(bench, one, other)).toEqual(['completed', 'completed'])
  })

  test('asks a person where nobody can give way, and goes on as that says', async () => {
    const bench = crossing({}, { a: unsafe, b: unsafe })
    const [one, other] = await cross(bench, { a: 1_000, b: 9_000 })
    expect(status(bench, one, other)).toEqual(['waiting', 'waiting'])
    const [error] = deadlocksOf(bench, one)
    expect(error).toMatchObject({ status: 'waiting', recoveries: [{ strategy: 'ask', passedOver: [{ strategy: 'give_way', why: expect.stringContaining('nothing takes back what a1 did') }, {}, {}, {}, {}] }] })
    await bench.decide(one, 'fail')
    await bench.settle()
    expect(status(bench, one, other)).toEqual(['failed', 'completed'])
  })

  test('is found in longer circles, through what only waits behind, and of several of a kind only where none is left', async () => {
    const ring = ['v', 'w', 'x', 'y', 'z']
    const others = Object.fromEntries(ring.map((name, index) => [`r${name}`, inOrder(name, [name, ring[(index + 1) % ring.length] ?? ''])]))
    const bench = new Workbench([code('behind', [], holds('v'))], { others, script: Object.fromEntries(ring.map((name) => [`${name}1`, ({ ref }) => (ref.branch === 0 ? undefined : completed())])), policy: resources({ y: 2 }) })
    const runs = await Promise.all(ring.map((name) => begin(bench, `r${name}`)))
    const behind = await begin(bench, 'bench')
    for (const name of ring.slice(0, -1)) await answer(bench, `${name}1`, 1)
    expect(runs.flatMap((run) => deadlocksOf(bench, run))).toEqual([])
    await answer(bench, 'z1', 1)
    expect(status(bench, ...runs, behind)).toEqual(['completed', 'completed', 'completed', 'completed', 'completed', 'completed'])
    expect(runs.flatMap((run) => deadlocksOf(bench, run))).toEqual([])
  })

  test('of a longer circle takes one of it, and not who waits behind it', async () => {
    const ring = ['x', 'y', 'z']
    const others = Object.fromEntries(ring.map((name, index) => [`r${name}`, inOrder(name, [name, ring[(index + 1) % ring.length] ?? ''])]))
    const bench = new Workbench([code('own', [], holds('o')), code('behind', ['own'], holds('o', 'x'))], { others, script: Object.fromEntries(ring.map((name) => [`${name}1`, ({ ref }) => (ref.branch === 0 ? undefined : completed())])) })
    const runs = []
    for (const name of ring) runs.push(await begin(bench, `r${name}`))
    const behind = await begin(bench, 'bench')
    expect(bench.record(behind)).toMatchObject({ status: 'waiting', waiting: 'resource' })
    for (const name of ring) await answer(bench, `${name}1`, 1)
    expect(status(bench, ...runs, behind)).toEqual(['completed', 'completed', 'completed', 'completed'])
    expect([...runs, behind].map((run) => deadlocksOf(bench, run).length)).toEqual([0, 0, 1, 0])
  })

  test('is lost by nobody for ever: what was lost before counts', async () => {
    const bench = crossing({})
    const answers = (id: string) => bench.execution.tasks.filter(({ ref }) => ref.step === id).length
    const one = await begin(bench, 'bench')
    const others: RunId[] = []
    for (let round = 1; round <= 3; round += 1) {
      const other = await begin(bench, 'other')
      others.push(other)
      await bench.pass(1_000)
      await answer(bench, 'a1', answers('a1'))
      await bench.pass(1_500)
      await answer(bench, 'b1', answers('b1'))
    }
    expect(others.map((run) => bench.record(run).givenWay?.times ?? 0)).toEqual([0, 0, 1])
    expect(bench.record(one).givenWay?.times).toBe(2)
    expect(bench.record(one).status).toBe('completed')
  })

  test('of a child and what a run above it holds asks a person: to go back would lead there again', async () => {
    const bench = new Workbench([code('take', [], holds('machine')), child('letter', 'letters', ['take']), code('give', ['letter'], holds('machine'))], {
      others: { letters: [code('write', [], { uses: { machine: 1 } })] },
      script: { letter: calls() },
    })
    const run = await bench.start()
    const letter = bench.child(run, 'letter')
    expect(deadlocksOf(bench, letter)).toMatchObject([{ status: 'waiting', step: 'write', failure: { deadlock: [{ run: letter, step: 'write', wants: 'machine' }, { run, step: 'letter', wants: null }] } }])
    await bench.decide(letter, 'fail')
    expect(status(bench, run, letter)).toEqual(['failed', 'failed'])
  })

  test('by way of a child has a run outside of the family give way', async () => {
    const bench = new Workbench([code('take', [], holds('x')), child('letter', 'letters', ['take']), code('give', ['letter'], holds('x'))], {
      others: { letters: [code('write'), code('send', ['write'], { uses: { y: 1 } })], other: inOrder('b', ['y', 'x']) },
      script: { letter: calls(), write: hangs, b1: ({ ref }) => (ref.branch === 0 ? undefined : completed()) },
    })
    const one = await bench.start()
    await bench.pass(9_000)
    const other = await begin(bench, 'other')
    await answer(bench, 'b1', 1)
    await answer(bench, 'write', 1)
    expect(deadlocksOf(bench, other)).toMatchObject([{ status: 'recovered', failure: { deadlock: [{ run: other }, { run: one, step: 'letter', wants: null }, { step: 'send', wants: 'y' }] } }])
    expect(status(bench, one, other)).toEqual(['completed', 'completed'])
  })

  test('of runs that are ending has one let go: what undoes its steps takes it again', async () => {
    const undo = { compensates: true } as const
    const steps = (id: string, own: string, wants: string): StepManifest[] => [
      code(`${id}1`, [], { ...undo, ...holds(own) }),
      code(`${id}2`, [`${id}1`], { ...undo, uses: { [wants]: 1 } }),
      code(`${id}3`, [`${id}2`], holds(own)),
    ]
    let capacity = 2
    let policy = resources({ x: 2, y: 2 })()
    const bench = new Workbench(steps('a', 'x', 'y'), { others: { other: steps('b', 'y', 'x') }, script: { a3: hangs, b3: hangs }, policy: () => policy })
    const runs = [await begin(bench, 'bench'), await begin(bench, 'other')] as const
    capacity = 1
    policy = resources({ x: capacity, y: capacity })()
    bench.engine.reconsider()
    for (const run of runs) await bench.until(bench.engine.cancel({ ...byPerson, run }))
    await bench.settle()
    expect(status(bench, ...runs)).toEqual(['cancelled', 'cancelled'])
    expect(runs.flatMap((run) => deadlocksOf(bench, run))).toMatchObject([{ phase: 'compensate', status: 'recovered', recoveries: [{ strategy: 'give_way' }] }])
  })

  test('by way of what is held for a stand-in is found: whether that has its turn hangs on what it stands in for', async () => {
    const steps = [code('a1', [], holds('x')), code('a2', ['a1'], { ...holds('y'), fallback: step('a3') }), code('a3', ['a1'], { ...holds('x'), ...standIn })]
    const again: WorkbenchOptions['script'] = Object.fromEntries(['a1', 'b1'].map((id) => [id, ({ ref }) => (ref.branch === 0 ? undefined : completed())]))
    const bench = new Workbench(steps, { others: { other: inOrder('b', ['y', 'x']) }, script: again })
    const runs = [await begin(bench, 'bench'), await begin(bench, 'other')] as const
    for (const id of ['a1', 'b1']) await answer(bench, id, 1)
    expect(status(bench, ...runs)).toEqual(['completed', 'completed'])
    expect(runs.flatMap((run) => deadlocksOf(bench, run))).toMatchObject([{ status: 'recovered' }])
  })

  test('that is found as the host closes is left to the next: nobody looks for it over and over', async () => {
    let waits = 0
    let looks = 0
    let closing: Promise<void> | undefined
    const committed = ({ events }: JournalEntry): void => {
      waits += events.filter(({ type }) => type === 'resources_awaited').length
      if (waits === 2) closing ??= bench.engine.close()
    }
    const policy = () => {
      if (closing !== undefined && (looks += 1) > 1_000) throw new Error('it is looked for over and over')
      return usualPolicy
    }
    const again: WorkbenchOptions['script'] = Object.fromEntries(['a1', 'b1'].map((id) => [id, ({ ref }) => (ref.branch === 0 ? undefined : completed())]))
    const bench: Workbench = new Workbench(inOrder('a', ['x', 'y']), { others: { other: inOrder('b', ['y', 'x']) }, script: again, committed, policy })
    const runs = [await begin(bench, 'bench'), await begin(bench, 'other')] as const
    for (const id of ['a1', 'b1']) await answer(bench, id, 1)
    await closing
    expect(runs.map((run) => [bench.record(run).waiting, deadlocksOf(bench, run).length])).toEqual([['resource', 0], ['resource', 0]])
    closing = undefined
    waits = 3
    await bench.restart()
    expect(status(bench, ...runs)).toEqual(['completed', 'completed'])
  })

  test('that stood when its host died is found by the next', async () => {
    const again = ({ ref }: { readonly ref: { readonly branch: number } }) => (ref.branch === 0 ? undefined : completed())
    let waits = 0
    const stored = ({ events }: JournalEntry): void => {
      waits += events.filter(({ type }) => type === 'resources_awaited').length
      if (waits === 2) bench.crash()
    }
    const bench = new Workbench(inOrder('a', ['x', 'y']), { others: { other: inOrder('b', ['y', 'x']) }, script: { a1: again, b1: again }, stored })
    const runs = [await begin(bench, 'bench'), await begin(bench, 'other')] as const
    for (const id of ['a1', 'b1']) await answer(bench, id, 1)
    expect(runs.map((run) => [bench.record(run).waiting, deadlocksOf(bench, run).length])).toEqual([['resource', 0], ['resource', 0]])
    waits = 3
    await bench.restart()
    expect(status(bench, ...runs)).toEqual(['completed', 'completed'])
    expect(runs.flatMap((run) => deadlocksOf(bench, run))).toHaveLength(1)
  })

  test('is not gone into again and again by those that come first: what one lets go of is for whom they wait', async () => {
    let times = 0
    const stored = ({ events }: JournalEntry): void => {
      times += events.filter((event) => event.type === 'run_closing' && event.closing.outcome === 'rolled_back').length
      if (times > 20) throw new Error('they give way over and over')
    }
    const beside = [code('p1', [], holds('x')), code('p2', [], holds('y')), code('p', ['p1', 'p2'], holds('x', 'y'))]
    const bench = new Workbench(beside, { others: { other: inOrder('b', ['y', 'x']) }, script: { b1: hangs }, stored })
    const start = async (workflow: string, priority: number): Promise<RunId> => {
      const { id } = await bench.until(bench.engine.start({ workflow: WorkflowName.parse(workflow), input: {}, context: {}, correlation: null, priority, actor: person }))
      await bench.settle()
      return id
    }
    const last = await start('other', -100)
    await bench.pass(60_000)
    const first = [await start('bench', 100), await start('bench', 100), await start('bench', 100)]
    await answer(bench, 'b1', 1)
    expect(status(bench, last, ...first)).toEqual(['completed', 'completed', 'completed', 'completed'])
    expect(times).toBe(1)
  })

  test('has who gave way wait behind who it gave way to, though it goes first by its priority: else it would have at once what it let go of', async () => {
    const again: WorkbenchOptions['script'] = { b1: hangs, a1: () => completed() }
    const bench = new Workbench(inOrder('a', ['x', 'y']), { others: { other: inOrder('b', ['y', 'x']) }, script: again })
    const start = async (workflow: string, priority: number): Promise<RunId> => {
      const { id } = await bench.until(bench.engine.start({ workflow: WorkflowName.parse(workflow), input: {}, context: {}, correlation: null, priority, actor: person }))
      await bench.settle()
      return id
    }
    const last = await start('other', -100)
    await bench.pass(50)
    const first = [await start('bench', 100), await start('bench', 100), await start('bench', 100)]
    await answer(bench, 'b1', 1)
    await bench.pass(1)
    expect(status(bench, last, ...first)).toEqual(['completed', 'completed', 'completed', 'completed'])
    expect(first.map((run) => bench.record(run).givenWay?.times ?? 0)).toEqual([1, 1, 1])
    expect(bench.record(last).givenWay).toBeNull()
  })

  test('leaves what was let go of to who it gave way to, also while nothing is kept for that one since more is lacking', async () => {
    const other = [code('b1', [], holds('y')), code('also', ['b1'], { uses: { lock: 1 } }), code('b2', ['b1'], holds('x')), code('slow', ['b1']), code('b', ['b2'], holds('x', 'y'))]
    const policy = { ...resources({ x: 1, y: 1, lock: 1 })(), bulkheads: { usual: Bulkhead.parse({ attempts: 1 }), workflows: new Map() } }
    let times = 0
    const stored = ({ events }: JournalEntry): void => {
      times += events.filter((event) => event.type === 'run_closing' && event.closing.outcome === 'rolled_back').length
      if (times > 20) throw new Error('it gives way over and over')
    }
    const script: WorkbenchOptions['script'] = { hog: hangs, b1: hangs, slow: hangs, a1: () => completed() }
    const bench = new Workbench(inOrder('a', ['x', 'y']), { others: { other, hogs: [code('hog', [], { uses: { lock: 1 } })] }, script, policy: () => policy, stored })
    const hog = await begin(bench, 'hogs')
    const last = await begin(bench, 'other')
    await bench.pass(50)
    const first = await begin(bench, 'bench')
    await answer(bench, 'b1', 1)
    await bench.pass(5_000)
    expect(bench.step(last, 'b2')).toMatchObject({ status: 'waiting', waiting: { for: 'resource' } })
    await answer(bench, 'slow', 1)
    await answer(bench, 'hog', 1)
    expect(status(bench, hog, last, first)).toEqual(['completed', 'completed', 'completed'])
    expect([first, last].map((run) => bench.record(run).givenWay?.times ?? 0)).toEqual([1, 0])
  })

  test('is none where somebody ahead in the queue waits for who wants what is kept for it', async () => {
    const bench = new Workbench([code('both', [], { uses: { x: 1, y: 1 } })], { others: { other: inOrder('a', ['x', 'y']), short: [code('brief', [], { uses: { y: 1 } })] }, script: { a1: hangs, brief: hangs } })
    const holder = await begin(bench, 'other')
    const brief = await begin(bench, 'short')
    const waits = await begin(bench, 'bench')
    await answer(bench, 'a1', 1)
    await answer(bench, 'brief', 1)
    expect(status(bench, holder, brief, waits)).toEqual(['completed', 'completed', 'completed'])
    expect(deadlocksOf(bench, holder)).toEqual([])
  })

  test('is none where two are ahead in the queue, each for what the other\'s holder wants', async () => {
    const wants = (id: string, ...names: readonly string[]) => [code(id, [], { uses: Object.fromEntries(names.map((name) => [name, 1])) })]
    const bench = new Workbench(wants('plain', 'o'), {
      others: { one: inOrder('a', ['x', 'y']), two: inOrder('b', ['v', 'w']), ahead: wants('p', 'x', 'w'), beside: wants('q', 'v', 'y') },
      script: { a1: hangs, b1: hangs },
    })
    const runs = [await begin(bench, 'one'), await begin(bench, 'two'), await begin(bench, 'ahead'), await begin(bench, 'beside')]
    // One waits for y behind who waits for what two holds, and two for w behind who waits for what one holds.
    for (const id of ['a1', 'b1']) await answer(bench, id, 1)
    expect(status(bench, ...runs)).toEqual(['completed', 'completed', 'completed', 'completed'])
  })
})
