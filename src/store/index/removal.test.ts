/** The index and runs that retention removes: it lets them go as it follows, and an answer before that leaves them out. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { SampleRun, sampleRevision, sampleStep } from '../../../test/conformance/samples.ts'
import { ScratchStore } from '../../../test/conformance/scratch-store.ts'
import { hostActor } from '../../model/actor.ts'
import { unbounded } from '../../model/retention.ts'
import type { Store } from '../open-store.ts'
import { storePaths } from '../paths.ts'
import Database from 'better-sqlite3'

let scratch: ScratchStore
let store: Store
beforeEach(async () => {
  scratch = new ScratchStore()
  store = await scratch.open({ durability: 'normal' })
  await store.storage.saveRevision(sampleRevision)
})
afterEach(() => scratch.remove())

const failure = { class: 'permanent' as const, name: 'Broken', message: 'it broke' }
const everything = { terms: [], upTo: null, now: 0 }
const search = { ...everything, offset: 0, limit: 50, sort: null }

async function ended(number: number): Promise<SampleRun> {
  const run = new SampleRun(store.storage, number)
  const created = run.create({ steps: [sampleStep()] })
  const entry = { ...created.entry, events: [{ type: 'run_created' as const, run: run.record, passes: [] }] }
  await store.storage.commit({ ...created, entry })
  await store.storage.commit(run.next({ record: { status: 'failed', failure, endedAt: scratch.clock.now() } }))
  scratch.clock.advance(1_000)
  return run
}

const removeAllBut = (runs: number) =>
  store.retention.apply({
    policy: { usual: { ...unbounded, runs }, workflows: {} },
    damaged: [],
    actor: hostActor,
    told: () => undefined,
    committed: () => undefined,
  })

test('what was removed is found no more, and nothing of it is left in the index', async () => {
  await ended(1)
  const kept = await ended(2)
  expect((await store.search.search(search)).total).toBe(2)

  await removeAllBut(1)
  const found = await store.search.search(search)
  expect(found).toMatchObject({ total: 1, runs: [{ id: kept.id }] })
  await scratch.shut()
  const index = new Database(storePaths(scratch.workspace).index, { readonly: true })
  const counts = ['run', 'said', 'failure', 'stands'].map((table) => index.prepare(`SELECT count(*) FROM ${table}`).pluck().get())
  index.close()
  expect(counts).toEqual([1, 1, 1, 0])
})

test('a page that goes on behind a run that was removed since goes on where that stood', async () => {
  for (let number = 1; number <= 4; number++) await ended(number)
  const { runs } = await store.queries.runs({ limit: 2 })
  await removeAllBut(0)
  await ended(5)
  const after = runs.at(-1)?.id
  expect(await store.queries.runs({ limit: 2, ...(after && { after }) })).toMatchObject({ runs: [] })
  expect((await store.queries.runs({ limit: 2 })).runs).toHaveLength(1)
})
