/** A run over which hosts end is known by that, and set aside; all others go on. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RunId } from '../../src/model/ids.ts'
import { codeStep as code, waitStep as wait, workflowStep as child } from '../../src/model/manifest.fixture.ts'
import type { StepManifest } from '../../src/model/manifest.ts'
import { CorruptionFound } from '../../src/model/storage-errors.ts'
import { DyingHosts } from './dying-hosts.ts'
import { answer, byPerson, calls, hangs } from './scripts.ts'
import { completed, type Script } from './workbench.ts'

const steps: StepManifest[] = [code('a'), wait('w', ['a'], 100), code('b', ['w']), code('c', ['b'])]

/** Hosts that die as they hear what a step of a poisonous run answers. */
function poisoned(id = 'b', manifest = steps, script: Script = {}) {
  const poison: { isActive: boolean; heard: RunId | null } = { isActive: true, heard: null }
  const answers: Script = {
    ...script,
    [id]: ({ ref, view }) => {
      if (view.input === 'poison' && poison.isActive) poison.heard = ref.run
      return completed()
    },
  }
  const damaged = new Set<RunId>()
  const hosts = new DyingHosts(manifest, { script: answers, others: { letters: steps }, damaged: (_, key) => [...damaged].some((run) => key.startsWith(run)) })
  hosts.isDeadly = (run) => {
    const isIt = run === poison.heard
    if (isIt) poison.heard = null
    return isIt
  }
  return { hosts, bench: hosts.bench, poison, damaged }
}

describe('a run that ends the host in a turn of its own', () => {
  test('is set aside by the host after two, begun as it was in the first of them; the others end, and nothing of them is done twice', async () => {
    const { hosts, bench } = poisoned()
    const [one, culprit, two] = [await hosts.start('one'), await hosts.start('poison'), await hosts.start('two')]
    await bench.pass(1_000)
    expect([hosts.isDead, hosts.ends(culprit)]).toEqual([true, ['end 1']])
    expect(await hosts.untilCalm(2)).toBe(2)
    expect(bench.record(culprit)).toMatchObject({ status: 'quarantined', failure: { name: 'CrashLoop', message: '2 hosts ended while they were at work on this run (end 1, end 2)' } })
    for (const run of [one, two]) {
      expect(bench.record(run).status).toBe('completed')
      expect(bench.events(run).filter(({ type }) => type === 'step_completed')).toHaveLength(4)
      expect(hosts.ends(run)).toEqual([])
    }
    await bench.until(bench.engine.release(culprit))
    await hosts.next()
    expect([hosts.isDead, bench.record(culprit).status]).toEqual([false, 'quarantined'])
  })

  test('goes on by a person, and counts anew from then on', async () => {
    const { hosts, bench, poison } = poisoned()
    const run = await hosts.start('poison')
    await bench.pass(1_000)
    await hosts.untilCalm(2)
    void bench.engine.resume({ run, ...byPerson })
    await bench.settle()
    expect(hosts.ends(run)).toEqual(['end 1'])
    poison.isActive = false
    await hosts.next()
    expect(bench.record(run)).toMatchObject({ status: 'completed', failure: null })
  })

  test('and gets on with another host is blamed no more for that', async () => {
    const { hosts, bench } = poisoned()
    const run = await hosts.start('one')
    hosts.endOver(run)
    await hosts.next()
    expect(bench.record(run).status).toBe('completed')
    expect(hosts.ends(run)).toEqual([])
  })

  test('counts anew once a person acts on it, and not by being taken up', async () => {
    const hosts = new DyingHosts([wait('w', [], 10_000)])
    const run = await hosts.start('one')
    hosts.endOver(run)
    await hosts.next()
    expect(hosts.ends(run)).toEqual(['end 1'])
    await hosts.bench.until(hosts.bench.engine.pause({ run, ...byPerson }))
    expect(hosts.ends(run)).toEqual([])
  })

  test('is taken up alone and after all others', async () => {
    const { hosts } = poisoned()
    const runs: RunId[] = []
    for (let number = 0; number < 20; number += 1) runs.push(await hosts.start(`${number}`))
    const [first, second, third] = runs
    if (first === undefined || second === undefined || third === undefined) throw new Error('no run was started')
    hosts.endOver(first)
    hosts.endOver(third)
    await hosts.next()
    const order = [...new Set(hosts.worked)]
    expect(order.slice(-2)).toEqual([first, third])
    expect(order).toHaveLength(20)
    expect(hosts.worked.slice(0, 8)).toEqual(order.slice(0, 8))
    expect(hosts.worked.lastIndexOf(second)).toBeGreaterThan(-1)
  })
})

describe('a run of which a step ends the host from outside', () => {
  /** Step `b` of every run takes as long as nobody answers it. */
  const atB = () => new DyingHosts(steps, { script: { b: hangs } })

  const isAtB = ({ bench }: DyingHosts, run: RunId): boolean =>
    bench.record(run).status !== 'quarantined' && bench.execution.tasks.some(({ ref }) => ref.run === run && ref.step === 'b')

  /** Hosts come, and each ends once `b` of the culprit goes on in it; answers how many have. */
  async function untilCalm(hosts: DyingHosts, culprit: RunId): Promise<number> {
    for (let count = 0; count < 10; count += 1) {
      for (let second = 0; second < 120 && !isAtB(hosts, culprit); second += 1) await hosts.bench.pass(1_000)
      if (!isAtB(hosts, culprit)) return count
      hosts.die()
      await hosts.next()
    }
    throw new Error('hosts end for ever')
  }

  test.each([0, 1, 2])('is tried alone once that is seen, and set aside; others that take as long go on, of which it is number %i', async (place) => {
    const hosts = atB()
    const { bench } = hosts
    const runs = [await hosts.start('one'), await hosts.start('two'), await hosts.start('three')]
    const culprit = runs[place]
    if (culprit === undefined) throw new Error('no such run')
    expect(await untilCalm(hosts, culprit)).toBe(4)
    expect(bench.record(culprit)).toMatchObject({ status: 'quarantined', failure: { name: 'CrashLoop', message: '2 hosts ended while they were at work on this run (end 1, end 2)' } })
    for (const run of runs.filter((each) => each !== culprit)) {
      expect([bench.record(run).status, hosts.ends(run), isAtB(hosts, run)]).toEqual(['running', [], true])
    }
    await bench.until(bench.engine.resume({ run: culprit, ...byPerson }))
    await bench.settle()
    expect(isAtB(hosts, culprit)).toBe(true)
  })

  test('and of which something is damaged is set aside for that as its turn comes', async () => {
    const damaged = new Set<RunId>()
    const hosts = new DyingHosts(steps, { script: { b: hangs }, damaged: (object, key) => object === 'checkpoint' && [...damaged].some((run) => key.startsWith(run)) })
    const run = await hosts.start('one')
    await hosts.bench.pass(1_000)
    hosts.die()
    await hosts.next()
    hosts.die()
    damaged.add(run)
    await hosts.next()
    expect(hosts.bench.execution.tasks).toEqual([])
    expect(hosts.bench.record(run)).toMatchObject({ status: 'quarantined', failure: { class: 'corruption' } })
  })

  test('is not taken for one where hosts stop in good order, and blamed for nothing once it has got on', async () => {
    const hosts = atB()
    const { bench } = hosts
    const run = await hosts.start('one')
    await bench.pass(1_000)
    for (let time = 0; time < 4; time += 1) await hosts.next()
    expect([hosts.blamed, isAtB(hosts, run)]).toEqual([null, true])
    hosts.die()
    await hosts.next()
    expect(hosts.blamed).toBe(run)
    await answer(bench, 'b', 1)
    await bench.settle()
    expect(hosts.blamed).toBe(null)
    expect(bench.record(run).status).toBe('completed')
  })

  test('is set aside after two where nothing else was under way', async () => {
    const hosts = atB()
    const waits = await hosts.start('one')
    await hosts.bench.pass(50)
    const culprit = await hosts.start('two')
    await hosts.bench.until(hosts.bench.engine.pause({ run: waits, ...byPerson }))
    expect(await untilCalm(hosts, culprit)).toBe(2)
    expect(hosts.bench.record(culprit)).toMatchObject({ status: 'quarantined', failure: { name: 'CrashLoop', message: '2 hosts ended while they were at work on this run (end 1, end 2)' } })
    expect(hosts.bench.record(waits).status).toBe('paused')
  })

  test('is blamed no more, for the host before either, once it has gone on for as long as it is tried', async () => {
    const hosts = atB()
    const run = await hosts.start('one')
    await hosts.bench.pass(1_000)
    for (let time = 0; time < 4; time += 1) {
      hosts.die()
      await hosts.next()
      expect([hosts.blamed, hosts.ends(run)]).toEqual([run, ['end 1']])
      await hosts.bench.pass(30_000)
      expect([hosts.blamed, hosts.ends(run)]).toEqual([null, []])
    }
    expect(isAtB(hosts, run)).toBe(true)
  })

  test('is not tried where others were under way as well, until that is seen again', async () => {
    const hosts = atB()
    const runs = [await hosts.start('one'), await hosts.start('two'), await hosts.start('three')]
    await hosts.bench.pass(1_000)
    hosts.die()
    await hosts.next()
    expect([hosts.blamed, ...runs.map((run) => hosts.ends(run).length)]).toEqual([null, 0, 0, 0])
    expect(runs.filter((run) => isAtB(hosts, run))).toEqual(runs)
  })

  test('is not looked for where the host before ended over another', async () => {
    const { hosts, bench, poison } = poisoned('b', steps, { c: hangs })
    const run = await hosts.start('one')
    await bench.pass(1_000)
    const culprit = await hosts.start('poison')
    await bench.pass(1_000)
    expect(hosts.ends(culprit)).toEqual(['end 1'])
    poison.isActive = false
    await hosts.next()
    expect([hosts.ends(run), hosts.ends(culprit)]).toEqual([[], []])
  })
})

describe('one over which even setting it aside ended a host', () => {
  test('is left as it is, and named; damage found in it has it taken up no more than its mending', async () => {
    const { hosts, bench } = poisoned()
    const run = await hosts.start('one')
    hosts.endOver(run, 3)
    await bench.restart({ recovers: false })
    hosts.worked.length = 0
    const report = await bench.until(bench.engine.recover())
    expect(report).toMatchObject({ recovered: [], waiting: [], left: [{ run, error: { message: expect.stringContaining('3 hosts ended') } }] })
    await bench.until(bench.engine.quarantine(run, new CorruptionFound('value', 'v', 'it was changed')))
    await bench.until(bench.engine.release(run))
    expect(hosts.worked).toEqual([])
  })

  test('goes on by a person', async () => {
    const { hosts, bench } = poisoned()
    const run = await hosts.start('one')
    hosts.endOver(run, 3)
    await hosts.next()
    await bench.until(bench.engine.resume({ run, ...byPerson }))
    await bench.pass(1_000)
    expect(bench.record(run).status).toBe('completed')
    expect(hosts.ends(run)).toEqual([])
  })
})

describe('a child', () => {
  const family: StepManifest[] = [child('letter', 'letters'), code('after', ['letter'])]

  async function begun() {
    const found = poisoned('b', family, { letter: calls('poison') })
    const run = await found.hosts.start('one')
    await found.bench.settle()
    return { ...found, run, letter: found.bench.child(run, 'letter') }
  }

  test('that ends hosts is set aside, whichever of the two is taken up first, and its parent waits', async () => {
    const { hosts, bench, run, letter, poison } = await begun()
    await bench.pass(1_000)
    await hosts.next()
    expect([hosts.isDead, hosts.ends(letter), hosts.ends(run)]).toEqual([true, ['end 1', 'end 2'], []])
    await hosts.next()
    expect(hosts.isDead).toBe(false)
    expect(bench.record(letter)).toMatchObject({ status: 'quarantined', failure: { name: 'CrashLoop', wayOut: 'look at it, then resume it, or cancel it' } })
    expect(bench.record(run)).toMatchObject({ status: 'waiting', waiting: 'child' })
    poison.isActive = false
    await bench.until(bench.engine.resume({ run: letter, ...byPerson }))
    await bench.pass(1_000)
    expect([bench.record(letter).status, bench.record(run).status]).toEqual(['completed', 'completed'])
  })

  test('that a host ended over is not taken up by the start of its parent, but after all others', async () => {
    const { hosts, run, letter } = await begun()
    hosts.endOver(letter)
    await hosts.start('another')
    await hosts.next()
    expect([...new Set(hosts.worked)].indexOf(letter)).toBe(2)
    expect(hosts.worked.lastIndexOf(run)).toBeGreaterThan(-1)
  })

  test('that a host ended over, and that is damaged, is told to its parent once it has had its turn', async () => {
    const { hosts, bench, run, letter, damaged } = await begun()
    hosts.endOver(letter)
    damaged.add(letter)
    await hosts.next()
    expect(bench.decision(run)).toMatchObject({ kind: 'recovery', step: 'letter', failure: { class: 'corruption', child: { run: letter } } })
  })

  test('that is left as it is, is not even read for its parent, whatever that wants; a person ends both', async () => {
    const { hosts, bench, run, letter } = await begun()
    hosts.endOver(letter, 3)
    await hosts.next()
    await bench.until(bench.engine.cancel({ run, ...byPerson }))
    await bench.settle()
    expect(hosts.worked).not.toContain(letter)
    expect(bench.record(run).status).toBe('compensating')
    await bench.until(bench.engine.cancel({ run: letter, ...byPerson }))
    await bench.settle()
    expect([bench.record(letter).status, bench.record(run).status]).toEqual(['cancelled', 'cancelled'])
  })
})

test('wherever in its turns a run ends the host, it is set aside, left, or has ended within a few hosts, and every other run completes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 10 }), fc.nat(), fc.integer({ min: 1, max: 16 }), async (others, place, nth) => {
      const hosts = new DyingHosts(steps)
      const runs: RunId[] = []
      for (let number = 0; number <= others; number += 1) runs.push(await hosts.start(`${number}`))
      const culprit = runs[place % runs.length]
      hosts.isDeadly = (run, turn) => run === culprit && turn === nth && hosts.bench.record(run).status !== 'quarantined'
      await hosts.untilCalm(2 + steps.length)
      for (const run of runs) {
        const { status } = hosts.bench.record(run)
        if (run !== culprit) expect(status).toBe('completed')
        // Where setting it aside ends a host as well, it is left.
        else if (hosts.ends(run).length < 3) expect(['completed', 'quarantined']).toContain(status)
      }
    }),
    { numRuns: 60 },
  )
})
