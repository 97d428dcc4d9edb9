/** The store is looked at a part at a time: whatever is damaged is found within a round, told of once, and let go once mended. */
import { readFileSync, writeFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { draft, sampleHostEntry, SampleRun, sampleLog, sampleRevision, sampleStep } from '../../../test/conformance/samples.ts'
import { ScratchStore } from '../../../test/conformance/scratch-store.ts'
import { outputKey } from '../../model/checkpoint.ts'
import type { Store } from '../open-store.ts'
import { storePaths } from '../paths.ts'
import { openReader } from '../sqlite/connection.ts'
import { Allowance } from './allowance.ts'
import { newPatrol, type PatrolState, visit } from './patrol.ts'
import { type Place, start } from './place.ts'
import { Round } from './round.ts'
import type { Told } from './verifier.ts'

let scratch: ScratchStore
let run: SampleRun
let file: string

beforeEach(async () => {
  scratch = new ScratchStore()
  file = storePaths(scratch.workspace).store
  const { storage } = await scratch.open({ keyframeFloor: 500, durability: 'normal' })
  await storage.saveRevision(sampleRevision)
  await storage.record(sampleHostEntry())
  for (const number of [2, 3]) await storage.commit(new SampleRun(storage, number).create({ steps: [sampleStep()] }))
  run = new SampleRun(storage, 1)
  await storage.commit(run.create({ steps: [sampleStep()] }))
  for (let iteration = 1; iteration < 20; iteration++) await grow(iteration)
  for (let attempt = 1; attempt < 5; attempt++) storage.keep([sampleLog(run.id, 'said', { attempt })])
  await scratch.shut()
})
afterEach(() => scratch.remove())

async function grow(iteration: number): Promise<void> {
  const storage = (await scratch.here()).storage
  const value = storage.seal(run.lineage, `output ${iteration}`, false)
  const changes = [{ key: outputKey(draft, iteration), address: value.address }]
  await storage.commit(run.next({ values: [value], changes, steps: [sampleStep({ output: value.address })] }))
}

function reading<T>(read: (db: Database.Database, anchor: string) => T): T {
  const db = openReader(file)
  try {
    return read(db, storePaths(scratch.workspace).anchor)
  } finally {
    db.close()
  }
}

function damaged(sql: string): void {
  const db = new Database(file)
  expect(db.prepare(sql).run().changes).toBeGreaterThan(0)
  db.close()
}

const look = (state: PatrolState): PatrolState => reading((db, anchor) => visit(db, anchor, state, () => undefined).state)
const nothing: Told = { found: [], mended: [], counted: { found: [], mended: [] } }
/** What a store's next look tells of. */
async function patrolled({ verifier }: Store): Promise<Told> {
  let heard: Told = nothing
  await verifier.patrol(async (told) => {
    heard = told
  })
  return heard
}

const told = ({ found }: PatrolState): string[] => found.map(({ object }) => object)

/** The whole round in legs that are each as short as can be. */
function inLegs() {
  return reading((db, anchor) => {
    const places: Place[] = []
    const found = new Set<string>()
    const sums = { lineages: 0, values: 0, revisions: 0, runs: 0, checkpoints: 0, entries: 0, signals: 0 }
    for (let place: Place | null = start; place !== null; ) {
      places.push(place)
      const leg = new Round(db, anchor, () => undefined).leg(place, new Allowance(1))
      for (const { object, key } of leg.found) found.add(`${object} ${key}`)
      sums.lineages += leg.checked.lineages
      sums.values += leg.checked.values
      sums.revisions += leg.checked.revisions
      sums.runs += leg.checked.runs
      sums.checkpoints += leg.checked.checkpoints
      sums.entries += leg.checked.entries
      sums.signals += leg.checked.signals
      place = leg.next
      expect(places.length).toBeLessThan(500)
    }
    return { places, found: [...found], sums }
  })
}

test('the shortest of legs come around, and look at every row once', () => {
  const { places, found, sums } = inLegs()
  expect(found).toEqual([])
  expect(sums).toEqual({ lineages: 3, values: 25, revisions: 1, runs: 3, checkpoints: 22, entries: 23, signals: 4 })
  expect(places.length).toBeGreaterThan(50)
})

test.each([
  [`UPDATE value SET salt = zeroblob(32) WHERE address = (SELECT max(address) FROM value WHERE lineage = 3)`, 'value'],
  [`UPDATE journal SET position = 5000 WHERE position = 5`, 'journal'],
  [`UPDATE journal SET body = body || ' ' WHERE position BETWEEN 3 AND 9`, 'journal'],
  [`UPDATE run SET number = 5000 WHERE number = 1`, 'run'],
  [`UPDATE signal SET attempt = 4000 WHERE attempt = 2`, 'signal'],
  [`UPDATE signal SET checksum = zeroblob(32)`, 'signal'],
  [`UPDATE revision SET content = replace(content, 'outreach', 'inreach')`, 'revision'],
  [`DELETE FROM lineage WHERE number = 2`, 'lineage'],
])('%s: the shortest of legs come around, and find it', (sql, object) => {
  damaged(sql)
  expect(inLegs().found.join('\n')).toMatch(new RegExp(`^${object} `, 'm'))
})

test('a visit finds what is new, whatever is its turn', async () => {
  const state = look(newPatrol)
  expect(told(state)).toEqual([])
  await scratch.open({ keyframeFloor: 500, durability: 'normal' })
  await grow(20)
  await scratch.shut()
  damaged(`UPDATE checkpoint SET checksum = zeroblob(32) WHERE number = 20`)
  const behind: PatrolState = { ...state, next: { section: 'latencies', after: [] } }
  expect(told(look(behind))).toContain('checkpoint')
})

test('a finding names its run and how far back that is whole; it stands until it is mended', () => {
  const whole = readFileSync(file)
  damaged(`UPDATE checkpoint SET content = replace(content, 'step_complete', 'step_start') WHERE number >= 15 AND run = 3`)
  const found = look(newPatrol)
  expect(found.found).toMatchObject([15, 16, 17, 18, 19].map((number) => ({ object: 'checkpoint', key: `${run.id}/${number}`, run: run.id, nearest: 14 })))
  const again = look({ ...found, next: { section: 'latencies', after: [] }, fresh: 1_000 })
  expect(again.found).toEqual(found.found)
  writeFileSync(file, whole)
  expect(look(again).found).toEqual([])
})

test('a damaged row of a run names the run, in its turn and where it is new, unless what stands there as its id is no id of it', () => {
  damaged('UPDATE run SET checksum = zeroblob(32) WHERE number = 3')
  const found = [{ object: 'run', key: run.id, run: run.id, nearest: null }]
  expect(look(newPatrol).found).toMatchObject(found)
  expect(look({ ...newPatrol, next: { section: 'latencies', after: [] }, fresh: 5 }).found).toMatchObject(found)
  expect(look({ ...newPatrol, next: { section: 'runs', after: [] }, fresh: 1_000 }).found).toMatchObject(found)
  damaged("UPDATE run SET id = 'no id' WHERE number = 3")
  expect(look(newPatrol).found).toContainEqual(expect.objectContaining({ object: 'run', key: 'no id', run: null }))
})

test('what is damaged of the journal or of an index is of no run, also where it is next to its newest entry', () => {
  damaged(`UPDATE journal SET digest = zeroblob(32) WHERE position = 1`)
  expect(look(newPatrol).found.map(({ object, key, run: of }) => [object, key, of])).toEqual([
    ['journal', '1', null],
    ['journal', '2', null],
  ])
})

test('a damaged entry of the journal says whose it is, whether it is met along the journal or by its run', () => {
  damaged(`UPDATE journal SET body = body || ' ' WHERE position = (SELECT max(position) FROM journal WHERE run = 3)`)
  const found = [{ object: 'journal', run: null, detail: `its digest does not match; it is filed under run ${run.id}` }]
  expect(look(newPatrol).found).toMatchObject(found)
  expect(look({ ...newPatrol, next: { section: 'runs', after: [] }, fresh: 1_000 }).found).toMatchObject(found)
})

test('a value that nobody names is found too, and is of no run', () => {
  damaged(`UPDATE value SET address = zeroblob(32) WHERE lineage = 3 AND address = (SELECT max(address) FROM value WHERE lineage = 3)`)
  const { found } = look(newPatrol)
  expect(found.map(({ run: of }) => of)).toEqual(expect.arrayContaining([run.id, null]))
})

test('a round that is over begins anew, and how much it looked at is remembered', () => {
  const first = reading((db, anchor) => visit(db, anchor, newPatrol, () => undefined))
  expect(first).toMatchObject({ isRound: true, state: { next: start, before: { checkpoints: 22, runs: 3 }, now: { runs: 0 } } })
})

test('what is found by who cannot tell of it, is found by the next host at once', async () => {
  const first = await scratch.open()
  damaged(`UPDATE signal SET at = 1 WHERE attempt = 2`)
  expect(await first.verifier.verify(null)).toMatchObject({ findings: [{ object: 'signal' }] })
  expect(first.verifier.findings).toEqual([])
  const second = await scratch.open()
  expect((await patrolled(second)).found).toMatchObject([{ object: 'signal' }])
})

test('what was found and could not be told of, is found again', async () => {
  const store = await scratch.open()
  damaged(`UPDATE signal SET at = 1 WHERE attempt = 2`)
  const full = new Error('the journal cannot be written')
  await expect(store.verifier.patrol(() => Promise.reject(full))).rejects.toThrow(full)
  expect((await patrolled(store)).found).toMatchObject([{ object: 'signal' }])
})

test('a host that is killed while it tells leaves it to the next', async () => {
  const killed = await scratch.open()
  damaged(`UPDATE signal SET at = 1 WHERE attempt = 2`)
  const telling = new Promise<void>((resolve) => {
    void killed.verifier.patrol(() => {
      resolve()
      return new Promise(() => undefined)
    })
  })
  await telling
  const next = await scratch.open()
  expect((await patrolled(next)).found).toMatchObject([{ object: 'signal' }])
})

test('a host goes on where the one before it stopped, and tells of nothing twice', async () => {
  damaged(`UPDATE signal SET at = 1`)
  const first = await scratch.open()
  expect((await patrolled(first)).found).toHaveLength(4)
  expect((await patrolled(first)).found).toEqual([])
  const second = await scratch.open()
  expect(second.verifier.findings).toHaveLength(4)
  expect(await patrolled(second)).toEqual(nothing)
  await second.verifier.verify(async ({ found }) => expect(found).toEqual([]))
  expect(second.verifier.check).toMatchObject({ findings: 4, checkpoints: 22 })
})
