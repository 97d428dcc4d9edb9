/** What a removal makes of the store's file, and what is remembered of it. */
import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { SampleRun, sampleRevision } from '../../../test/conformance/samples.ts'
import { ScratchStore } from '../../../test/conformance/scratch-store.ts'
import { hostActor } from '../../model/actor.ts'
import { noneTrimmed, type Retained, unbounded } from '../../model/retention.ts'
import type { Store } from '../open-store.ts'
import { storePaths } from '../paths.ts'

const policy = { usual: { ...unbounded, runs: 0 }, workflows: {} }
const room = 2_000_000

let scratch: ScratchStore
beforeEach(() => {
  scratch = new ScratchStore()
})
afterEach(() => scratch.remove())

const size = (): number => statSync(storePaths(scratch.workspace).store).size

/** A store that holds a run that has ended, and that has a value of that many digits: in its file, or in its WAL alone. */
async function filled(givesBack: boolean, inItsFile = true): Promise<Store> {
  const store = await scratch.open({ durability: 'normal', givesBack })
  const { storage } = store
  await storage.saveRevision(sampleRevision)
  const run = new SampleRun(storage, 1)
  await storage.commit(run.create())
  const said = run.seal(Array.from({ length: room / 20 }, () => Math.random()))
  await storage.commit(run.next({ values: [said], record: { status: 'completed', endedAt: 1 } }))
  if (!inItsFile) return store
  await scratch.shut()
  return scratch.open({ durability: 'normal', givesBack })
}

const apply = ({ retention }: Store): Promise<Retained> =>
  retention.apply({ policy, damaged: [], actor: hostActor, told: () => undefined, committed: () => undefined })

test('the file becomes smaller by what is told, while the store is open', async () => {
  const store = await filled(true)
  const before = size()
  expect((await store.retention.plan({ policy, damaged: [] })).givesBack).toBe(true)
  const { removed, returned, givesBack } = await apply(store)
  expect(givesBack).toBe(true)
  expect(returned).toBe(before - size())
  expect(returned).toBeGreaterThan(removed.bytes * 0.9)
  expect((await store.retention.plan({ policy, damaged: [] })).free).toBe(0)
  expect(await store.verify()).toMatchObject({ findings: [] })
})

test('what stood in its WAL alone is told as well', async () => {
  const store = await filled(true, false)
  const { file } = await store.retention.plan({ policy, damaged: [] })
  expect(file).toBeGreaterThan(2 * size())
  const { removed, returned } = await apply(store)
  expect(returned).toBe(file - size())
  expect(returned).toBeGreaterThan(removed.bytes * 0.9)
})

test('one that had no bound as it was opened keeps its size, says so, and gives the room back when it is opened next', async () => {
  const store = await filled(false)
  const before = size()
  expect((await store.retention.plan({ policy, damaged: [] })).givesBack).toBe(false)
  const { removed, ...told } = await apply(store)
  expect(told).toEqual({ trimmed: noneTrimmed, left: 0, untrimmed: 0, returned: 0, givesBack: false })
  expect((await store.retention.plan({ policy, damaged: [] })).free).toBeGreaterThan(removed.bytes * 0.9)
  expect(size()).toBe(before)

  const again = await scratch.open({ durability: 'normal', givesBack: true })
  expect(before - size()).toBeGreaterThan(removed.bytes * 0.9)
  expect(await again.retention.plan({ policy, damaged: [] })).toMatchObject({ givesBack: true, free: 0 })
  expect(await again.verify()).toMatchObject({ findings: [] })
})

test('when the last removal ended is known to the next that opens the store, also of one in which nothing went', async () => {
  const store = await scratch.open()
  expect(store.retention.last).toBeNull()
  await apply(store)
  const endedAt = scratch.clock.now()
  scratch.clock.advance(60_000)
  expect(store.retention.last).toBe(endedAt)
  expect((await scratch.open()).retention.last).toBe(endedAt)
  await scratch.shut()
  writeFileSync(storePaths(scratch.workspace).retention, 'no moment')
  expect((await scratch.open()).retention.last).toBeNull()
})

test('that this cannot be noted is told, and what was removed is', async () => {
  const store = await filled(true)
  mkdirSync(storePaths(scratch.workspace).retention)
  expect((await apply(store)).removed.runs).toBe(1)
  expect(store.retention.last).toBe(scratch.clock.now())
  expect(scratch.troubles).toEqual([expect.stringContaining('noting when retention was at work')])
})
