/** What a host is to its runs: it ends, another takes its place, and its store may fail. */
import { describe, expect, test } from 'vitest'
import { approvalStep as approval, codeStep as code, emailStep as email, waitStep as wait } from '../../src/model/manifest.fixture.ts'
import { asks, byPerson, hangs, unsafe } from './scripts.ts'
import type { Fate } from '../simulation/memory-storage.ts'
import { completed, failure, Workbench } from './workbench.ts'

describe('the host', () => {
  test('starts no run once it closes', async () => {
    const bench = new Workbench([code('a', [], unsafe)], { script: { a: hangs } })
    await bench.start()
    const closing = bench.engine.close()
    await expect(bench.start()).rejects.toMatchObject({ name: 'Unavailable' })
    await bench.until(closing)
    expect(bench.disk.runs.size).toBe(1)
  })

  test('suspects only an attempt that took its process down', async () => {
    const collateral = { type: 'cut_off', failure: failure('crash', 'a neighbour'), own: false } as const
    const bench = new Workbench([code('a'), code('b')], {
      script: { a: ({ ref }) => (ref.attempt === 1 ? collateral : completed()), b: ({ ref }) => (ref.attempt === 1 ? undefined : completed()) },
    })
    await bench.start()
    expect(bench.execution.tasks.map(({ isolated }) => isolated)).toEqual([false, false, false])
    await bench.restart()
    expect(bench.execution.tasks.map(({ isolated }) => isolated)).toEqual([false])
  })

  test('a store that keeps every group and says it did not: everything happens once', async () => {
    for (const nth of [1, 2, 3, 4, 5, 6]) {
      let commits = 0
      const bench = new Workbench(
        [code('a', [], { compensates: true }), code('pay', ['a'], { ...unsafe, compensates: true }), approval('ask', ['pay'])],
        { script: { ask: asks }, fate: () => ((commits += 1) === nth ? 'lost' : 'stored') },
      )
      const run = await bench.start()
      await bench.pass(1_000)
      await bench.decide(run, 'reject').catch(() => bench.pass(1_000))
      await bench.pass(1_000)
      expect([nth, bench.record(run).status]).toEqual([nth, 'cancelled'])
      expect(bench.started()).toEqual(['a', 'pay', 'ask', 'pay compensation', 'a compensation'])
    }
  })
})

describe('restart', () => {
  test('what was under way runs again, what completed does not, and it is told', async () => {
    const bench = new Workbench([code('a'), code('b', ['a']), code('c', ['b'])], {
      script: { b: ({ ref }) => (ref.attempt === 1 ? undefined : completed()) },
    })
    const run = await bench.start()
    await bench.restart()
    expect(bench.started()).toEqual(['b', 'c'])
    expect(bench.step(run, 'b')).toMatchObject({ attempts: 2, tries: 1 })
    expect(bench.record(run).status).toBe('completed')
  })

  test('an e-mail that had begun is in doubt, one that had not is sent', async () => {
    for (const begun of [true, false]) {
      const bench = new Workbench([email('send')], { script: { send: ({ ref }) => (ref.attempt === 1 ? undefined : completed()) } })
      const run = await bench.start()
      const [task] = bench.execution.tasks
      if (begun && task !== undefined && bench.execution.sink !== undefined) {
        await bench.until(bench.execution.sink.effectBegins(task.ref))
      }
      await bench.restart()
      expect(bench.record(run).status).toBe(begun ? 'waiting' : 'completed')
    }
  })

  test('an effect may not begin for an attempt that is no longer live', async () => {
    const bench = new Workbench([email('send', [], { timeout: 1_000 })], { script: { send: hangs } })
    await bench.start()
    const [task] = bench.execution.tasks
    await bench.pass(1_000)
    if (task === undefined || bench.execution.sink === undefined) throw new Error('nothing was started')
    await expect(bench.until(bench.execution.sink.effectBegins(task.ref))).rejects.toThrow('not live')
  })
})

describe('closing', () => {
  test('waits for an effect under way, keeps its end, and starts nothing after it', async () => {
    const bench = new Workbench([code('pay', [], unsafe), code('b', ['pay'])], { script: { pay: hangs } })
    const run = await bench.start()
    const closing = bench.engine.close()
    const [task] = bench.execution.tasks
    bench.time.after(1_000, () => task !== undefined && bench.execution.sink?.ended(task.ref, completed('paid')))
    await bench.until(closing)
    expect(bench.statuses(run)).toEqual({ pay: 'completed', b: 'pending' })
    await bench.restart()
    expect(bench.started()).toEqual(['b'])
    expect(bench.record(run).status).toBe('completed')
  })

  test('does not wait for ever: then the effect is in doubt', async () => {
    const bench = new Workbench([code('pay', [], unsafe)], { script: { pay: hangs } })
    const run = await bench.start()
    await bench.until(bench.engine.close())
    await bench.restart()
    expect(bench.record(run)).toMatchObject({ status: 'waiting', waiting: 'in_doubt' })
  })

  test('an effect may not begin any more', async () => {
    const bench = new Workbench([email('send'), code('pay', [], unsafe)], { script: { send: hangs, pay: hangs } })
    await bench.start()
    const closing = bench.engine.close()
    const send = bench.execution.tasks.find(({ ref }) => ref.step === 'send')
    if (send === undefined || bench.execution.sink === undefined) throw new Error('nothing was started')
    await expect(bench.until(bench.execution.sink.effectBegins(send.ref))).rejects.toThrow('closing')
    await bench.until(closing)
  })

  test('refuses what people ask of it', async () => {
    const bench = new Workbench([code('a')], { script: { a: hangs } })
    const run = await bench.start()
    await bench.until(bench.engine.close())
    await expect(bench.engine.pause({ ...byPerson, run })).rejects.toMatchObject({ name: 'Unavailable' })
  })
})

describe('a store that fails', () => {
  test('what the engine has learnt is tried until it is kept, and told once', async () => {
    let commits = 0
    const bench = new Workbench([code('a'), code('b', ['a'])], {
      fate: () => {
        commits += 1
        return commits === 2 || commits === 3 ? 'failed' : 'stored'
      },
    })
    const run = await bench.start()
    await bench.pass(1_000)
    expect(bench.record(run).status).toBe('completed')
    expect(bench.started()).toEqual(['a', 'b'])
    expect(bench.troubles).toHaveLength(1)
  })

  test('what an attempt is given is read once it answers', async () => {
    let fails = false
    const bench = new Workbench([code('a'), wait('w', ['a'], 1_000), code('b', ['w'])], { fails: (object) => fails && object === 'value' })
    const run = await bench.start()
    fails = true
    await bench.pass(60_000)
    expect(bench.step(run, 'b')).toMatchObject({ status: 'running', attempts: 1 })
    expect(bench.started()).toEqual(['a'])
    expect(bench.troubles).toHaveLength(1)
    fails = false
    await bench.pass(4_000)
    expect(bench.record(run).status).toBe('completed')
    expect(bench.started()).toEqual(['a', 'b'])
  })

  test('a person is told that it was not kept, and may try again', async () => {
    let fails = false
    const bench = new Workbench([approval('ask')], { script: { ask: asks }, fate: () => (fails ? 'failed' : 'stored') })
    const run = await bench.start()
    fails = true
    await expect(bench.decide(run, 'approve')).rejects.toMatchObject({ name: 'Unavailable' })
    fails = false
    await bench.decide(run, 'approve')
    expect(bench.record(run).status).toBe('completed')
  })

  test('a host that starts waits for no run that it cannot take up: who acts on it is told why, and it goes on by itself', async () => {
    let fails = false
    const bench = new Workbench([code('a'), wait('w', ['a'], 1_000), code('b', ['w'])], { fate: () => (fails ? 'failed' : 'stored') })
    const run = await bench.start()
    bench.crash()
    fails = true
    await bench.restart({ recovers: false })
    expect(await bench.until(bench.engine.recover())).toMatchObject({ recovered: [], left: [{ run, error: { name: 'StorageFailed' } }] })
    await expect(bench.until(bench.engine.cancel({ ...byPerson, run }))).rejects.toMatchObject({ name: 'Unavailable', message: expect.stringContaining('the store could not keep it') })
    await bench.pass(60_000)
    fails = false
    await bench.pass(4_000)
    expect(bench.record(run).status).toBe('completed')
    expect(bench.started()).toEqual(['b'])
  })

  test('a malformed page of its file is no damage of a run: nothing more is tried of that until the next host, which goes on where it stood', async () => {
    let fate: Fate = 'stored'
    const bench = new Workbench([code('a'), wait('w', ['a'], 1_000), code('b', ['w'])], { fate: () => fate })
    const run = await bench.start()
    const { version } = bench.record(run)
    fate = 'damaged'
    await bench.pass(60_000)
    expect(bench.record(run)).toMatchObject({ version, status: 'waiting', failure: null })
    expect(bench.troubles).toHaveLength(1)
    const told = { name: 'CorruptionFound', object: 'file', message: expect.stringContaining('malformed') }
    await expect(bench.until(bench.engine.pause({ ...byPerson, run }))).rejects.toMatchObject(told)
    await expect(bench.start()).rejects.toMatchObject(told)
    bench.crash()
    await bench.restart({ recovers: false })
    expect(await bench.until(bench.engine.recover())).toMatchObject({ recovered: [], left: [{ run, error: told }] })
    fate = 'stored'
    await bench.restart()
    await bench.settle()
    expect(bench.record(run).status).toBe('completed')
  })

  test('a person whose action meets a malformed page is told, and the run goes on', async () => {
    let fate: Fate = 'stored'
    const bench = new Workbench([approval('ask')], { script: { ask: asks }, fate: () => fate })
    const run = await bench.start()
    fate = 'damaged'
    await expect(bench.decide(run, 'approve')).rejects.toMatchObject({ name: 'CorruptionFound', object: 'file' })
    fate = 'stored'
    await bench.decide(run, 'approve')
    expect(bench.record(run).status).toBe('completed')
  })

  test('a run that was kept though the store could not say so exists', async () => {
    let commits = 0
    const bench = new Workbench([code('a')], { fate: () => ((commits += 1) === 1 ? 'lost' : 'stored') })
    const run = await bench.start()
    expect(bench.record(run).status).toBe('completed')
  })
})
