import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  draft,
  sampleCheckpoint,
  sampleHeartbeat,
  sampleHostEntry,
  SampleRun,
  sampleRevision,
  sampleStep,
} from '../../test/conformance/samples.ts'
import { ScratchStore } from '../../test/conformance/scratch-store.ts'
import type { Transition } from '../engine/ports.ts'
import { CorruptionFound, StorageFailed, ValueRefused } from '../model/storage-errors.ts'
import type { Store } from './open-store.ts'
import { storePaths } from './paths.ts'

let scratch: ScratchStore
let store: Store
let run: SampleRun
const waiting = sampleStep({ status: 'waiting' })
beforeEach(async () => {
  scratch = new ScratchStore()
  store = await scratch.open()
  await store.storage.saveRevision(sampleRevision)
  run = new SampleRun(store.storage, 1)
  await store.storage.commit(run.create({ steps: [waiting] }))
})
afterEach(() => scratch.remove())

function damaged(sql: string): void {
  const db = new Database(storePaths(scratch.workspace).store)
  expect(db.prepare(sql).run().changes).toBeGreaterThan(0)
  db.close()
}

describe('what is damaged is not used', () => {
  test('a run', async () => {
    damaged(`UPDATE step SET content = replace(content, 'waiting', 'running')`)
    expect(() => store.storage.load(run.id)).toThrow(CorruptionFound)
    expect(() => store.storage.load(run.id)).toThrow(`step ${run.id}/0/draft/1 is corrupt: its checksum does not match`)
  })

  test('a run of which one row is as it once was', async () => {
    const rows = new Database(storePaths(scratch.workspace).store)
    const before = rows.prepare<[], Buffer[]>('SELECT content, checksum FROM step').raw().get() ?? []
    await store.storage.commit(run.next({ steps: [sampleStep({ status: 'running' })] }))
    rows.prepare('UPDATE step SET content = ?, checksum = ?').run(...before)
    rows.close()
    expect(() => store.storage.load(run.id)).toThrow('missing or out of date')
  })

  test('a value', async () => {
    damaged(`UPDATE value SET body = x'00'`)
    expect(() => store.storage.value(run.lineage.id, run.record.input)).toThrow(CorruptionFound)
  })

  test('a revision, its bundle or its manifest', () => {
    damaged(`UPDATE revision SET bundle = x'0031'`)
    expect(() => store.storage.revision(sampleRevision.hash)).toThrow('its bundle is not what was stored')
    damaged(`UPDATE revision SET content = replace(content, 'outreach', 'inreach')`)
    expect(() => store.storage.revision(sampleRevision.hash)).toThrow('its checksum does not match')
  })

  test('a heartbeat', async () => {
    store.storage.keep([sampleHeartbeat(run.id, { page: 1 })])
    store = await scratch.open()
    damaged(`UPDATE signal SET content = replace(content, '1}', '2}')`)
    expect(() => store.storage.lastHeartbeat(run.id, 0, draft, 1)).toThrow(CorruptionFound)
  })

  test('a run that a transition builds on: it is refused, others of its group are not', async () => {
    const other = new SampleRun(store.storage, 2)
    await store.storage.commit(other.create())
    damaged(`UPDATE run SET content = replace(content, 'running', 'waiting') WHERE number = 1`)
    const settled = await Promise.allSettled([store.storage.commit(run.next()), store.storage.commit(other.next())])
    expect(settled).toMatchObject([{ reason: { name: 'CorruptionFound', object: 'run' } }, { status: 'fulfilled' }])
  })

  test.each([`UPDATE step SET checksum = zeroblob(32)`, `UPDATE step SET checksum = x'00'`])(
    'a row that a transition replaces and that is not as it was last written: %s',
    async (sql) => {
      const other = new SampleRun(store.storage, 2)
      await store.storage.commit(other.create())
      damaged(sql)
      const moved = run.next({ steps: [sampleStep({ status: 'running' })] })
      const settled = await Promise.allSettled([store.storage.commit(moved), store.storage.commit(other.next())])
      expect(settled).toMatchObject([{ reason: { name: 'CorruptionFound', object: 'step' } }, { status: 'fulfilled' }])
    },
  )

  test('a row that is gone, when another has come in its place', async () => {
    damaged('DELETE FROM step')
    await store.storage.commit(run.next({ steps: [sampleStep({ status: 'running' })] }))
    expect(() => store.storage.load(run.id)).toThrow('missing or out of date')
  })
})

test('a value that is damaged and stored once more is whole again, and no other is touched', async () => {
  const value = run.seal('a draft')
  await store.storage.commit(run.next({ values: [value] }))
  damaged(`UPDATE value SET body = CAST(body || x'20' AS BLOB)`)
  const read = (address: typeof value.address) => store.storage.value(run.lineage.id, address)
  expect(() => read(value.address)).toThrow(CorruptionFound)
  await store.storage.commit(run.next({ values: [value] }))
  expect(read(value.address)).toBe('a draft')
  expect(() => read(run.record.input)).toThrow(CorruptionFound)
})

test('where one of a group is refused, all go on from what is stored', async () => {
  const [other, stale] = [new SampleRun(store.storage, 2), run.next()]
  await store.storage.commit(other.create({ steps: [sampleStep()] }))
  await store.storage.commit(stale)
  for (const status of ['running', 'waiting', 'running', 'completed'] as const) {
    const steps = [sampleStep({ status })]
    const commits = [run.next({ steps, changes: [] }), stale, other.next({ steps, changes: [] })].map((each) => store.storage.commit(each))
    expect(await Promise.allSettled(commits)).toMatchObject([{ status: 'fulfilled' }, { reason: { name: 'VersionConflict' } }, { status: 'fulfilled' }])
  }
  expect(await store.verify()).toMatchObject({ findings: [] })
})

describe('the row of a run that is put back as it once was', () => {
  test('is not gone on with, and the others are', async () => {
    const db = new Database(storePaths(scratch.workspace).store)
    const old = db.prepare<[], [string, Buffer]>('SELECT content, checksum FROM run').raw().get() ?? []
    const other = new SampleRun(store.storage, 2)
    await store.storage.commit(other.create())
    await store.storage.commit(run.next({ record: { paused: true } }))
    db.prepare('UPDATE run SET content = ?, checksum = ? WHERE number = 1').run(...old)
    db.close()
    const why = 'the journal has it at version 2, its row at 1'
    expect(() => store.storage.load(run.id)).toThrow(new CorruptionFound('run', run.id, why))
    expect(store.storage.hasRow(run.id)).toBe(false)
    expect(store.storage.load(other.id)).toMatchObject({ record: { version: 1 } })
    expect(store.storage.hasRow(other.id)).toBe(true)
  })

  test('is not mistrusted for a newest entry that is damaged', async () => {
    await store.storage.commit(run.next({ record: { paused: true } }))
    damaged(`UPDATE journal SET body = body || ' ' WHERE position = (SELECT max(position) FROM journal)`)
    expect(store.storage.load(run.id)).toMatchObject({ record: { version: 2, paused: true } })
  })
})

test('transitions whose parts name different things are refused', async () => {
  const [other, transition] = [new SampleRun(store.storage, 2), run.next()]
  const refused: Transition[] = [
    { ...transition, entry: { ...transition.entry, version: 7 } },
    { ...transition, record: { ...transition.record, version: 7 } },
    { ...transition, record: { ...transition.record, id: other.id } },
    { ...transition, record: { ...transition.record, branch: 1 } },
    { ...transition, checkpoints: [{ ...sampleCheckpoint(1, []), branch: 1 }] },
  ]
  for (const each of refused) await expect(store.storage.commit(each)).rejects.toThrow(StorageFailed)
  expect(await store.storage.commit(transition)).toMatchObject({ entry: { version: 2 }, summary: { version: 2 } })
})

test('a run whose id is none any more keeps no other from being gone on with, and is found', async () => {
  const other = new SampleRun(store.storage, 2)
  await store.storage.commit(other.create())
  damaged(`UPDATE run SET id = 'U' || id WHERE number = 1`)
  expect(store.storage.unfinished()).toMatchObject({ runs: [other.id], damaged: [{ object: 'run', key: `U${run.id}` }] })
  expect((await store.verify()).findings).toContainEqual(expect.objectContaining({ object: 'run', key: `U${run.id}` }))
})

test('values over the limit are refused, those at it are kept', async () => {
  store = await scratch.open({ valueLimit: 12 })
  expect(run.seal('a'.repeat(10)).bytes).toHaveLength(12)
  const limited = new SampleRun({ seal: (...given) => store.storage.seal(...given) }, 2)
  expect(() => limited.seal('a'.repeat(11))).toThrow(ValueRefused)
})

test('a store that is closed takes nothing more, and closes once', async () => {
  const { storage } = store
  const late = storage.commit(run.next())
  await Promise.all([store.close(), store.close()])
  expect(await late).toMatchObject({ entry: { version: 2 } })
  await expect(store.queries.run(run.id)).rejects.toThrow('the store is closed')
  await expect(storage.record(sampleHostEntry())).rejects.toThrow('the store is closed')
  expect(scratch.troubles).toEqual([])
})

test('what fails while it is closed is told, and the files are let go of', async () => {
  store.storage.keep([sampleHeartbeat(run.id, 1)])
  const blocker = scratch.lock()
  await store.close()
  blocker.release()
  expect(scratch.troubles).toMatchObject([expect.stringContaining('closing the store: StorageFailed')])
  store = await scratch.open()
  expect(store.storage.load(run.id)).toBeDefined()
})

test('two stores of one workspace go on one from the other', async () => {
  await store.storage.commit(run.next())
  store = await scratch.open()
  expect(await store.storage.commit(run.next())).toMatchObject({ entry: { position: 3, version: 3 } })
  expect(store.storage.unfinished()).toEqual({ runs: [run.id], damaged: [] })
  expect(await store.verify()).toMatchObject({ findings: [] })
})

test.each(['run', 'step', 'journal', 'breaker'])('a store whose own words of the table %s are damaged is told to be damaged as it is opened', async (table) => {
  await scratch.shut()
  const db = new Database(storePaths(scratch.workspace).store)
  db.unsafeMode()
  db.pragma('writable_schema = ON')
  db.prepare("UPDATE sqlite_schema SET sql = replace(replace(sql, 'content', 'contenu'), 'digest', 'digess') WHERE name = ?").run(table)
  db.close()
  await expect(scratch.open()).rejects.toThrow(CorruptionFound)
  await expect(scratch.open()).rejects.toThrow(/^file .* is corrupt: no such column/)
})
