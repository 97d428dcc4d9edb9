import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ManualClock } from '../../test/conformance/manual-clock.ts'
import { SampleRun, sampleRevision } from '../../test/conformance/samples.ts'
import { ScratchStore } from '../../test/conformance/scratch-store.ts'
import { hostActor } from '../model/actor.ts'
import type { Instant } from '../model/ids.ts'
import { noAmount, noneTrimmed, type RetentionPolicy, unbounded } from '../model/retention.ts'
import { GivenUp, StorageFailed } from '../model/storage-errors.ts'
import type { Store } from '../store/open-store.ts'
import { KeptPast } from './retention.ts'

const minute = 60_000
const hour = 60 * minute
const free: RetentionPolicy = { usual: unbounded, workflows: {} }
const bounded: RetentionPolicy = { usual: { ...unbounded, runs: 10 }, workflows: {} }
const none: RetentionPolicy = { usual: { ...unbounded, runs: 0 }, workflows: {} }

describe('when it is done', () => {
  /** A removal is under way until `end` is called; `last` is what is known of one of before. */
  function keptPast(last: Instant | null = null) {
    const clock = new ManualClock()
    const bounds = { policy: bounded, every: hour }
    const removals: RetentionPolicy[] = []
    const troubles: unknown[] = []
    let end: (error?: Error) => void = () => undefined
    const retention: Store['retention'] = {
      last,
      plan: () => Promise.reject(new Error('nobody asked')),
      async apply({ policy }) {
        removals.push(policy)
        const { promise, resolve, reject } = Promise.withResolvers<void>()
        end = (error) => (error === undefined ? resolve() : reject(error))
        await promise
        return { removed: noAmount, trimmed: noneTrimmed, left: 0, untrimmed: 0, returned: 0, givesBack: true }
      },
    }
    const past = new KeptPast({
      clock,
      bounds: () => bounds,
      damaged: () => [],
      notification: { committed: () => undefined, signalled: () => undefined, troubled: (_, error) => troubles.push(error) },
      store: { retention },
    })
    const ended = async (error?: Error): Promise<void> => {
      end(error)
      await expect.poll(() => clock.pending).toBe(1)
    }
    return { clock, bounds, past, removals, troubles, ended }
  }

  test('it goes by the bounds of the moment: set, moved and lifted while the host runs', async () => {
    const { clock, bounds, past, removals, ended } = keptPast()
    bounds.policy = free
    past.begin()
    expect(clock.pending).toBe(0)
    bounds.policy = bounded
    past.begin()
    clock.advance(hour)
    expect(removals).toEqual([bounded])

    bounds.every = 2 * hour
    past.begin()
    expect(clock.pending).toBe(0)
    await ended()
    clock.advance(4 * minute)
    bounds.policy = free
    past.begin()
    clock.advance(2 * hour)
    expect([removals.length, clock.pending]).toEqual([1, 0])
  })

  test('not in the first minutes of a host, nor in those after the first bound is set', () => {
    const { clock, bounds, past, removals } = keptPast()
    past.begin()
    clock.advance(5 * minute - 1)
    expect(removals).toEqual([])
    bounds.policy = free
    past.begin()
    clock.advance(hour)
    bounds.policy = bounded
    past.begin()
    clock.advance(5 * minute - 1)
    expect(removals).toEqual([])
    clock.advance(1)
    expect(removals).toEqual([bounded])
  })

  test.each([
    ['is overdue, some minutes after the start', -2 * hour, 5 * minute],
    ['is due later, then', -10 * minute, 50 * minute],
    ['is told to have been when it cannot have been yet, as if none were known', 365 * 24 * hour, 5 * minute],
  ])('the one that %s', (_, since, wait) => {
    const { clock, past, removals } = keptPast(new ManualClock().now() + since)
    past.begin()
    clock.advance(wait - 1)
    expect(removals).toEqual([])
    clock.advance(1)
    expect(removals).toEqual([bounded])
  })

  test('however often the settings are saved meanwhile', () => {
    const { clock, bounds, past, removals } = keptPast(new ManualClock().now() - 10 * minute)
    past.begin()
    for (let passed = 0; passed < 49; passed++) {
      clock.advance(minute)
      bounds.policy = { usual: { ...unbounded, runs: passed }, workflows: {} }
      past.begin()
    }
    expect(removals).toEqual([])
    clock.advance(minute)
    expect(removals).toEqual([bounds.policy])
  })

  test('one that fails is told of, and done again after a whole pause', async () => {
    const { clock, past, removals, troubles, ended } = keptPast()
    past.begin()
    clock.advance(5 * minute)
    await ended(new StorageFailed('the disk is full'))
    expect(troubles).toHaveLength(1)
    clock.advance(hour - 1)
    past.begin()
    expect(removals).toHaveLength(1)
    clock.advance(1)
    expect(removals).toHaveLength(2)
    await ended(new GivenUp('the store is being closed'))
    expect(troubles).toHaveLength(1)
  })
})

describe('of a store', () => {
  let scratch: ScratchStore
  let runs: number
  beforeEach(() => {
    scratch = new ScratchStore()
    runs = 0
  })
  afterEach(() => scratch.remove())

  /** A host for a while: a run ends in it. Answers whether that was removed. */
  async function upFor(millis: number, every = hour): Promise<boolean> {
    const store = await scratch.open()
    await store.storage.saveRevision(sampleRevision)
    const run = new SampleRun(store.storage, ++runs)
    await store.storage.commit(run.create())
    await store.storage.commit(run.next({ record: { status: 'completed', endedAt: scratch.clock.now() } }))
    let removing: Promise<unknown> | undefined
    const past = new KeptPast({
      clock: scratch.clock,
      bounds: () => ({ policy: none, every }),
      damaged: () => [],
      notification: { committed: () => undefined, signalled: () => undefined, troubled: (_, error) => expect.unreachable(String(error)) },
      store: {
        retention: {
          last: store.retention.last,
          plan: (request) => store.retention.plan(request),
          apply: (order) => (removing = store.retention.apply(order)),
        },
      },
    })
    past.begin()
    scratch.clock.advance(millis)
    await removing
    past.close()
    const isRemoved = (await store.queries.removed(run.id)) !== undefined
    await scratch.shut()
    return isRemoved
  }

  test('that is open for less than a pause each day, nothing is kept for ever', async () => {
    for (let day = 0; day < 3; day++) {
      expect(await upFor(50 * minute)).toBe(true)
      scratch.clock.advance(23 * hour)
    }
  })

  test('that is opened over and over, something goes once in a pause', async () => {
    expect(await upFor(10 * minute, 24 * hour)).toBe(true)
    expect(await upFor(10 * minute, 24 * hour)).toBe(false)
    expect(await upFor(23 * hour, 24 * hour)).toBe(false)
    expect(await upFor(hour, 24 * hour)).toBe(true)
  })

  test('from which a person had something removed, the pause begins then', async () => {
    const store = await scratch.open()
    await store.retention.apply({ policy: none, damaged: [], actor: hostActor, told: () => undefined, committed: () => undefined })
    expect(await upFor(59 * minute)).toBe(false)
    expect(await upFor(5 * minute)).toBe(true)
  })
})
