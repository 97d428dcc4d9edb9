import { closeSync, openSync, writeSync } from 'node:fs'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makePast, type PastRun } from '../../../test/conformance/past.ts'
import { SampleRun } from '../../../test/conformance/samples.ts'
import { ScratchStore } from '../../../test/conformance/scratch-store.ts'
import { hostActor } from '../../model/actor.ts'
import type { RunId } from '../../model/ids.ts'
import { type RetentionPolicy, unbounded } from '../../model/retention.ts'
import { openReader } from '../crypt/open-reader.ts'
import { storePaths } from '../paths.ts'
import { planRetention, type Planned } from './plan.ts'

/** Of none of those before it. */
const ended: PastRun = { workflow: 'outreach', of: 9, passes: 2, hasEnded: true, logs: 1 }
const newest = (runs: number): RetentionPolicy => ({ usual: { ...unbounded, runs }, workflows: {} })

let scratch: ScratchStore
let ids: readonly RunId[]
beforeEach(async () => {
  scratch = new ScratchStore()
  ids = await makePast(await scratch.open({ durability: 'normal' }), scratch.clock, [ended, ended, { ...ended, hasEnded: false }, ended])
  await scratch.shut()
})
afterEach(() => scratch.remove())

function planned(policy: RetentionPolicy, damaged: readonly RunId[] = []): Planned {
  const db = openReader(storePaths(scratch.workspace).store, null)
  try {
    return planRetention(db, { policy, now: scratch.clock.now(), damaged }, () => undefined)
  } finally {
    db.close()
  }
}

function damage(sql: string): void {
  const db = new Database(storePaths(scratch.workspace).store)
  expect(db.prepare(sql).run().changes).toBeGreaterThan(0)
  db.close()
}

test('what goes is named and counted, the oldest first; what has not ended stays', () => {
  const { plan, runs } = planned(newest(1))
  expect(plan.going).toMatchObject([{ run: ids[0], rule: 'runs' }, { run: ids[1], rule: 'runs' }])
  expect(plan.total).toMatchObject({ runs: 2 })
  expect(plan.parts).toEqual([{ workflow: 'outreach', rule: 'runs', amount: plan.total }])
  expect(plan.going.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(plan.total.bytes)
  expect(runs.map(({ number }) => number)).toEqual([1, 2])
})

test('without a bound nothing goes', () => {
  expect(planned({ usual: unbounded, workflows: {} }).plan).toMatchObject({ isBounded: false, going: [], parts: [], total: { runs: 0 } })
})

test('a run of which damage was found stays, and it says why', () => {
  const found = ids.slice(0, 1)
  expect(planned(newest(0), found).plan).toMatchObject({
    going: [{ run: ids[1] }, { run: ids[3] }],
    staying: [{ run: ids[0], why: 'damaged' }],
    stays: 1,
  })
})

test('a run that a person keeps stays, and it says so', async () => {
  const { storage } = await scratch.open({ durability: 'normal' })
  const kept = { by: hostActor, why: 'for the auditors', at: 5 }
  const run = new SampleRun(storage, 9)
  await storage.commit(run.create())
  await storage.commit(run.next({ record: { status: 'completed', endedAt: 1, kept } }))
  await scratch.shut()
  const { plan } = planned(newest(0))
  expect(plan.going.map((each) => each.run)).not.toContain(run.id)
  expect(plan.staying).toMatchObject([{ run: run.id, why: 'kept' }])
})

describe('a child run', () => {
  /** A run, its child, and the child of that; each has ended before the one above it. */
  async function family(more: Partial<PastRun> = {}): Promise<readonly RunId[]> {
    const below: PastRun = { ...ended, workflow: 'billing' }
    const made = await makePast(await scratch.open({ durability: 'normal' }), scratch.clock, [{ ...ended, ...more }, { ...below, childOf: 0 }, { ...below, childOf: 1 }], 9)
    await scratch.shut()
    return made
  }
  const ofChildren: RetentionPolicy = { usual: unbounded, workflows: { billing: { ...unbounded, runs: 0 } } }

  test.each([
    ['is kept by a person', { isKept: true }],
    ['has ended', {}],
    ['has not ended', { hasEnded: false }],
  ])('stays where its parent %s, with the children of its own, and it says why', async (_, more) => {
    const [, child, grandchild] = await family(more)
    const { plan } = planned(ofChildren)
    expect(plan).toMatchObject({ going: [], total: { runs: 0 }, stays: 2 })
    expect(plan.staying).toMatchObject([{ run: grandchild, why: 'child' }, { run: child, why: 'child' }])
  })

  test('goes with its parent, and behind it', async () => {
    const made = await family()
    const { plan } = planned(newest(0))
    expect(plan.going.map(({ run }) => run)).toEqual([ids[0], ids[1], ids[3], ...made])
  })

  test('stays with a parent that cannot be measured, as do the children of its own', async () => {
    const store = await scratch.open({ durability: 'normal' })
    const below: PastRun = { ...ended, childOf: 1 }
    const [, parent, child, grandchild] = await makePast(store, scratch.clock, [{ ...ended, hasEnded: false }, { ...ended, of: 0 }, below, { ...below, childOf: 2 }], 9)
    await scratch.shut()
    damage('UPDATE step SET checksum = zeroblob(32) WHERE run = 5')
    const { plan } = planned(newest(0))
    expect(plan.staying).toMatchObject([{ run: parent, why: 'damaged' }, { run: child, why: 'child' }, { run: grandchild, why: 'child' }])
    expect(plan.going.map(({ run }) => run)).toEqual([ids[0], ids[1], ids[3]])
  })
})

test('where the row of a run is damaged nobody knows what it shares: nothing goes', () => {
  damage(`UPDATE run SET checksum = zeroblob(32) WHERE number IN (1, 3)`)
  expect(() => planned(newest(0))).toThrow(new RegExp(`^run ${ids[0]} is corrupt: nobody knows what it shares.*; so are ${ids[2]}$`, 'u'))
})

test('so it is where a page of their rows cannot be read', () => {
  const { store } = storePaths(scratch.workspace)
  const db = new Database(store)
  const page = db.prepare<[], number>("SELECT pageno FROM dbstat WHERE name = 'run'").pluck().get() ?? expect.fail('it has no page')
  db.close()
  const file = openSync(store, 'r+')
  writeSync(file, Buffer.alloc(4_096), 0, 4_096, (page - 1) * 4_096)
  closeSync(file)
  expect(() => planned(newest(0))).toThrow(new RegExp(`^run ${ids[0]} is corrupt: nobody knows what it shares.*; so are ${ids.slice(1).join(', ')}$`, 'u'))
})

test('a run whose row is of before stays: what it says of its end may be over', async () => {
  const store = await scratch.open({ durability: 'normal' })
  const run = new SampleRun(store.storage, 9)
  await store.storage.commit(run.create())
  await store.storage.commit(run.next({ record: { status: 'completed', endedAt: 1 } }))
  const db = new Database(storePaths(scratch.workspace).store)
  const old = db.prepare<[], unknown[]>('SELECT status, content, checksum FROM run WHERE number = 5').raw().get() ?? []
  await store.storage.commit(run.next({ record: { status: 'running', endedAt: null }, branch: { parent: 0, from: 0, why: null }, changes: [] }))
  await scratch.shut()
  db.prepare('UPDATE run SET status = ?, content = ?, checksum = ? WHERE number = 5').run(...old)
  db.close()
  const { plan } = planned(newest(0))
  expect(plan.staying).toMatchObject([{ run: run.id, why: 'damaged' }])
  expect(plan.going.map((each) => each.run)).toEqual([ids[0], ids[1], ids[3]])
})

test('a run stays where the rows of another of its lineage are damaged: nobody knows which values those two share', async () => {
  const store = await scratch.open({ durability: 'normal' })
  const [, replay] = await makePast(store, scratch.clock, [{ ...ended, hasEnded: false }, { ...ended, of: 0 }], 9)
  await scratch.shut()
  damage('UPDATE step SET checksum = zeroblob(32) WHERE run = 5')
  const { plan } = planned(newest(0))
  expect(plan.going.map(({ run }) => run)).toEqual([ids[0], ids[1], ids[3]])
  expect(plan.staying).toMatchObject([{ run: replay, why: 'damaged' }])
})
