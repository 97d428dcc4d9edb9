/** A child, or a parent, that cannot be read when the other has to know of it: a fault is waited out, and damage is told at once. */
import { describe, expect, test } from 'vitest'
import type { JournalEntry } from '../../src/model/entry.ts'
import type { RunId } from '../../src/model/ids.ts'
import { CorruptionFound } from '../../src/model/storage-errors.ts'
import { codeStep as code, workflowStep as child } from '../../src/model/manifest.fixture.ts'
import type { Fate } from '../simulation/memory-storage.ts'
import { answer, byPerson, calls, hangs } from './scripts.ts'
import { completed, failed, Workbench, type WorkbenchOptions } from './workbench.ts'

const undoes = { compensates: true } as const
const parent = [code('first', [], undoes), child('letter', 'letters', ['first']), code('after', ['letter'])]
const letters = [code('write', [], undoes), code('send', ['write'], undoes)]

interface Faults {
  readonly damaged: Set<RunId>
  readonly failing: Set<RunId>
  fate: Fate
  stored: (entry: JournalEntry) => void
}

/** Two runs, and a disk on which rows of each may be damaged, or not be read for a while. */
function benchOf(script: WorkbenchOptions['script'] = {}, steps = parent) {
  const damaged = new Set<RunId>()
  const failing = new Set<RunId>()
  const disk: Faults = { damaged, failing, fate: 'stored', stored: () => undefined }
  const isOf = (runs: ReadonlySet<RunId>) => (_: string, key: string) => [...runs].some((run) => key.startsWith(run))
  const options = { others: { letters }, damaged: isOf(damaged), fails: isOf(failing), fate: () => disk.fate, stored: (entry: JournalEntry) => disk.stored(entry) }
  return { bench: new Workbench(steps, { ...options, script: { letter: calls(), ...script } }), disk }
}

/** The child of the run, at work on its last step. Another one would do that at once. */
async function underWay(steps = parent) {
  let sends = 0
  const { bench, disk } = benchOf({ send: () => (sends++ === 0 ? undefined : completed({ sent: true })) }, steps)
  const run = await bench.start()
  return { bench, disk, run, letter: bench.child(run, 'letter') }
}

describe('while the store does not answer', () => {
  test('the end of a child waits, and is heard of once it does', async () => {
    const { bench, disk, run, letter } = await underWay()
    disk.failing.add(letter)
    await answer(bench, 'send', 1, completed({ sent: true }))
    await bench.pass(60_000)
    expect(bench.record(run)).toMatchObject({ status: 'waiting', waiting: 'child' })
    expect(bench.troubles).toHaveLength(1)
    disk.failing.clear()
    await bench.pass(4_000)
    expect(bench.record(run).status).toBe('completed')
    expect(bench.value(run, bench.step(run, 'letter').output)).toEqual({ send: { sent: true } })
  })

  test('the end of a child that the disk kept, though it did not say so, is heard of', async () => {
    const { bench, disk, run } = await underWay()
    disk.fate = 'lost'
    await answer(bench, 'send', 1)
    disk.fate = 'stored'
    await bench.pass(1_000)
    expect(bench.record(run).status).toBe('completed')
  })

  test('a child that is to be undone waits, and so does what came before it', async () => {
    const { bench, disk } = benchOf({ after: hangs })
    const run = await bench.start()
    disk.failing.add(bench.child(run, 'letter'))
    await answer(bench, 'after', 1, failed('permanent'))
    await bench.pass(10_000)
    expect(bench.started().at(-1)).toBe('after')
    disk.failing.clear()
    await bench.pass(4_000)
    expect(bench.record(run).status).toBe('failed')
    expect(bench.started().slice(-3)).toEqual(['send compensation', 'write compensation', 'first compensation'])
  })

  test('what is wanted of a child by then is what it does', async () => {
    const { bench, disk, run, letter } = await underWay()
    await bench.restart({ recovers: false })
    disk.failing.add(letter)
    await bench.until(bench.engine.recover())
    await bench.until(bench.engine.pause({ run, ...byPerson }))
    await bench.until(bench.engine.resume({ run, ...byPerson }))
    await bench.until(bench.engine.pause({ run, ...byPerson }))
    disk.failing.clear()
    await bench.pass(8_000)
    expect(bench.record(letter)).toMatchObject({ status: 'paused', parent: { held: true } })
    expect(bench.started()).toEqual([])
  })

  test('a child that is cancelled by then is not undone either, while its parent is paused', async () => {
    const { bench, disk, run, letter } = await underWay()
    disk.failing.add(letter)
    await bench.restart()
    await bench.until(bench.engine.cancel({ run, ...byPerson }))
    await bench.until(bench.engine.pause({ run, ...byPerson }))
    disk.failing.clear()
    await bench.pass(8_000)
    expect(bench.record(letter)).toMatchObject({ status: 'paused', parent: { held: true }, closing: { outcome: 'cancelled' } })
    expect(bench.started()).toEqual([])
    await bench.until(bench.engine.resume({ run, ...byPerson }))
    await bench.settle()
    expect([bench.record(letter).status, bench.record(run).status]).toEqual(['cancelled', 'cancelled'])
  })

  test('what a host finds is taken up once it does: a child not before it is known what its parent wants', async () => {
    const { bench, disk, run, letter } = await underWay()
    disk.failing.add(run).add(letter)
    await bench.restart()
    disk.failing.delete(letter)
    await bench.pass(8_000)
    expect(bench.started()).toEqual([])
    disk.failing.clear()
    await bench.pass(4_000)
    expect(bench.started()).toEqual(['send', 'after'])
    expect(bench.record(run).status).toBe('completed')
  })
})

describe('where a child is damaged', () => {
  /** A person is asked about its step at once, and told why. */
  function expectAsked(bench: Workbench, run: RunId, letter: RunId): void {
    const failure = { class: 'corruption', message: expect.stringContaining(`child run ${letter} cannot be read`), child: { run: letter, error: null } }
    expect(bench.decision(run)).toMatchObject({ kind: 'recovery', step: 'letter', failure, openedAt: bench.time.now })
    const errors = [...(bench.disk.runs.get(run)?.errors.values() ?? [])].filter(({ step }) => step === 'letter')
    expect(errors).toMatchObject([{ severity: 'critical', failure, status: 'waiting' }])
  }

  test('as it ends: a person may have another begun', async () => {
    const { bench, disk, run, letter } = await underWay()
    disk.stored = ({ run: of, events }) => {
      if (of === letter && events.some(({ type }) => type === 'run_moved')) disk.damaged.add(letter)
    }
    await answer(bench, 'send', 1)
    expectAsked(bench, run, letter)
    await bench.decide(run, 'retry')
    expect(bench.child(run, 'letter')).not.toBe(letter)
    expect(bench.record(run).status).toBe('completed')
  })

  test('while it is at work: nothing more comes of it, and where it can be read again it ends as nobody waits for it', async () => {
    const { bench, disk, run, letter } = await underWay()
    disk.damaged.add(letter)
    await answer(bench, 'send', 1)
    expectAsked(bench, run, letter)
    disk.damaged.clear()
    await bench.restart()
    expect(bench.record(letter)).toMatchObject({ status: 'cancelled' })
    expect(bench.decision(run)).toMatchObject({ kind: 'recovery', step: 'letter' })
  })

  test('as a host finds it', async () => {
    const { bench, disk, run, letter } = await underWay()
    disk.damaged.add(letter)
    await bench.restart()
    expectAsked(bench, run, letter)
    expect(bench.started()).toEqual([])
  })

  test('after it took too long: what was not undone is not begun once more', async () => {
    const { bench, disk, run, letter } = await underWay([child('letter', 'letters', [], { timeout: 500 })])
    disk.damaged.add(letter)
    await bench.pass(500)
    expectAsked(bench, run, letter)
  })

  test('as it is to be undone: nothing before it is, until it could be or a person says that it is', async () => {
    const { bench, disk } = benchOf({ after: hangs })
    const run = await bench.start()
    const letter = bench.child(run, 'letter')
    disk.damaged.add(letter)
    await answer(bench, 'after', 1, failed('permanent'))
    expectAsked(bench, run, letter)
    const { id } = bench.decision(run)
    await bench.decide(run, 'retry')
    expect(bench.decision(run).id).not.toBe(id)
    expect(bench.started().at(-1)).toBe('after')
    disk.damaged.clear()
    await bench.decide(run, 'retry')
    expect(bench.record(run).status).toBe('failed')
    expect(bench.step(run, 'letter').compensation).toBe('done')
    expect(bench.started().slice(-3)).toEqual(['send compensation', 'write compensation', 'first compensation'])
  })
})

describe('a child whose parent is damaged', () => {
  test('is set aside by the next host, and goes on by a person', async () => {
    const { bench, disk, run, letter } = await underWay()
    disk.damaged.add(run)
    await bench.restart()
    expect(bench.record(letter)).toMatchObject({ status: 'quarantined', failure: { name: 'ParentUnread', message: expect.stringContaining(run) } })
    expect(bench.started()).toEqual([])
    await bench.until(bench.engine.resume({ run: letter, ...byPerson }))
    await bench.settle()
    expect(bench.record(letter).status).toBe('completed')
  })

  test('and has let it go by then, ends where that can be read again, whoever has it go on', async () => {
    const { bench, disk, run, letter } = await underWay()
    disk.stored = ({ events }) => {
      if (events.some(({ type }) => type === 'run_restored')) bench.crash()
    }
    const sendsBack = { run, checkpoint: 0, seen: null, definition: 'pinned', revision: null, reason: 'sent back', actor: byPerson.actor } as const
    void bench.engine.restore(sendsBack).catch(() => undefined)
    await bench.settle()
    disk.damaged.add(run)
    await bench.restart()
    expect(bench.record(letter).status).toBe('quarantined')
    disk.damaged.clear()
    await bench.until(bench.engine.resume({ run: letter, ...byPerson }))
    await bench.settle()
    expect(bench.record(letter).status).toBe('cancelled')
    expect(bench.started(letter)).toEqual(['write compensation'])
  })
})

test('a child that was mended while its parent is damaged goes on only by a person: nobody knows whether it is still wanted', async () => {
  const { bench, disk, run, letter } = await underWay()
  await bench.until(bench.engine.quarantine(letter, new CorruptionFound('value', 'v', 'it was changed')))
  disk.damaged.add(run)
  const before = bench.started().length
  for (let time = 0; time < 2; time += 1) await bench.until(bench.engine.release(letter))
  await answer(bench, 'send', 1)
  expect(bench.record(letter)).toMatchObject({ status: 'quarantined', failure: { class: 'permanent', name: 'ParentUnread', message: expect.stringContaining(run) } })
  const errors = [...(bench.disk.runs.get(letter)?.errors.values() ?? [])].filter(({ step }) => step === null)
  expect(errors.map(({ status, failure }) => [status, failure.name])).toEqual([['recovered', 'CorruptionFound'], ['waiting', 'ParentUnread']])
  expect(bench.started()).toHaveLength(before)
  disk.damaged.clear()
  await bench.until(bench.engine.resume({ run: letter, ...byPerson }))
  await bench.settle()
  expect([bench.record(letter).status, bench.record(run).status]).toEqual(['completed', 'completed'])
})

test('a child that was mended does what its parent has come to want meanwhile', async () => {
  const { bench, run, letter } = await underWay()
  await bench.until(bench.engine.quarantine(letter, new CorruptionFound('value', 'v', 'it was changed')))
  await bench.until(bench.engine.cancel({ run, ...byPerson }))
  await bench.settle()
  expect([bench.record(letter).status, bench.record(run).status]).toEqual(['quarantined', 'compensating'])
  await bench.until(bench.engine.release(letter))
  await bench.settle()
  expect([bench.record(letter).status, bench.record(run).status]).toEqual(['cancelled', 'cancelled'])
})
