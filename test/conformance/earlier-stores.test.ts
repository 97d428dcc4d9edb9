/** Stores that earlier versions wrote: each is brought to the newest schema, is whole, and its runs go on. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { systemClock } from '../../src/effects/clock.ts'
import { Position } from '../../src/model/entry.ts'
import { Checksum } from '../../src/model/ids.ts'
import { migrations } from '../../src/store/migrations/all.ts'
import { openToLook } from '../../src/store/open-to-look.ts'
import { storePaths } from '../../src/store/paths.ts'
import { assertWhole } from '../../src/store/backup/assert-whole.ts'
import { copyStore } from '../../src/store/backup/copy-store.ts'
import { openWriter } from '../../src/store/sqlite/connection.ts'
import { workspaceKey } from '../../src/store/crypt/workspace-key.ts'
import { schemaVersion } from '../../src/store/sqlite/migrate.ts'
import { bundledThreads } from './bundled-threads.ts'
import { Child } from './child.ts'
import { earlierStores, keyOfSealed, lay } from './stores/earlier.ts'
import { person } from './stores/life.ts'
import { LifeHost } from './stores/life-host.ts'

const day = 86_400_000
/** Given in all of them for what a person did, as `stores/write.ts` has it. */
const reason = 'to see what becomes of it'
const Head = z.object({ position: Position, digest: Checksum })

let workspace: string
let paths: ReturnType<typeof storePaths>
beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'cairn-earlier-'))
  paths = storePaths(workspace)
  mkdirSync(paths.folder)
})
afterEach(() => rmSync(workspace, { recursive: true, force: true }))

/** The schema and every row of the file, and whether SQLite itself finds it whole. */
function contentOf(file: string) {
  const db = new Database(file, { readonly: true })
  try {
    const tables = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").pluck().all()
    const rows = tables.map((table) => [table, db.prepare(`SELECT * FROM ${table}`).raw().all()])
    return { schema: schemaVersion(db), whole: db.pragma('integrity_check', { simple: true }), rows }
  } finally {
    db.close()
  }
}

describe.each(earlierStores)('a store that $commit wrote (encrypted: $isSealed), of schema $schema, which lacks $lacks', (version) => {
  const key = version.isSealed ? workspaceKey(keyOfSealed) : null
  beforeEach(() => {
    lay(version, paths)
  })

  test('is backed up as it lies, and what is backed up is of the newest schema', async () => {
    const backup = join(workspace, 'backup.db')
    await copyStore(paths.store, backup, { key, told: () => undefined, goOn: () => undefined })
    expect(contentOf(paths.store).schema).toBe(version.schema)
    expect(contentOf(backup)).toMatchObject({ schema: migrations.length, whole: 'ok' })
  })

  test('is whole once it is opened, and every checkpoint of it can be read', async () => {
    expect(contentOf(paths.store).schema).toBe(version.schema)
    const { store } = await LifeHost.open(workspace, day, { ...bundledThreads(), key })
    const { runs } = await store.queries.runs({ limit: 100 })
    expect(store.alarm).toBeNull()
    expect(runs.length).toBeGreaterThan(4)
    for (const { id } of runs) {
      const record = store.storage.load(id)?.record
      for (let number = 0; number <= (record?.head ?? 0); number++) {
        expect(store.storage.moment(id, number)?.state.size).toBeGreaterThan(1)
      }
      expect(await store.queries.run(id)).toMatchObject({ record: { id } })
    }
    expect(await store.verify()).toMatchObject({ findings: [], checked: { runs: runs.length } })
    await store.close()
    expect(contentOf(paths.store)).toMatchObject({ schema: migrations.length, whole: 'ok' })
    expect(readFileSync(paths.store).includes(reason)).toBe(!version.isSealed)
  })

  test('can be looked at as it is, and stays so', async () => {
    const before = contentOf(paths.store)
    const troubles: string[] = []
    const looked = await openToLook({ workspace, key, ...bundledThreads(), clock: systemClock, troubled: (what) => troubles.push(what) })
    const { runs } = await looked.queries.runs({ limit: 100 })
    expect(runs.length).toBeGreaterThan(4)
    for (const { id } of runs) expect(await looked.queries.run(id)).toMatchObject({ record: { id } })
    expect(await looked.search.search({ terms: [], offset: 0, limit: 10, sort: null, upTo: null, now: Date.now() })).toMatchObject({ total: runs.length })
    await looked.close()
    expect(troubles).toEqual([])
    expect(contentOf(paths.store)).toEqual(before)
  })

  test('has runs that go on, back, and are replayed', async () => {
    const host = await LifeHost.open(workspace, day, { ...bundledThreads(), key })
    const { engine, store } = host
    const { runs: unfinished } = store.storage.unfinished()
    expect((await engine.recover()).left).toEqual([])
    for (const run of unfinished) {
      if (host.stored(run).record.paused) await engine.resume({ run, seen: null, reason: null, actor: person })
      await host.end(run)
      expect(host.stored(run).record.status).toBe('completed')
      if (run !== unfinished[0]) continue

      const acting = { run, checkpoint: 1, seen: null, reason: 'once more', actor: person }
      const { generation } = await engine.restore({ ...acting, definition: 'pinned', revision: null })
      await host.end(run)
      expect(host.stored(run).record).toMatchObject({ status: 'completed', generation })
      const { id } = await engine.replay({ ...acting, definition: 'pinned', revision: null, edits: {} })
      await host.rested(id)
      expect(host.stored(id).record).toMatchObject({ origin: { run }, status: 'waiting' })
    }
    expect(host.troubles).toEqual([])
    expect((await store.verify()).findings).toEqual([])
    await host.close()
  })

  const unseen = migrations.filter(({ version: number }) => number > version.schema)
  const moments = unseen.flatMap(({ version: number }) => [
    { number, point: 'in the middle of', left: number - 1 },
    { number, point: 'after', left: number },
  ])
  test.each(moments)('is as before or as after where the host is killed $point migration $number', async ({ number, point, left }) => {
    const before = contentOf(paths.store)
    const child = new Child('walking.ts', paths.store, String(number), point)
    await child.rest()
    expect(child.signal).toBe('SIGKILL')

    const after = contentOf(paths.store)
    expect(after).toMatchObject({ schema: left, whole: 'ok' })
    if (left === before.schema) expect(after).toEqual(before)
    openWriter(paths.store, 'full', migrations).close()
    assertWhole(paths.store, Head.parse(JSON.parse(readFileSync(paths.anchor, 'utf8'))), { key })
  })
})

test('the newest schema has a store that was written with it, or with the one before', () => {
  expect(Math.max(...earlierStores.map(({ schema }) => schema))).toBeGreaterThanOrEqual(migrations.length - 1)
})
