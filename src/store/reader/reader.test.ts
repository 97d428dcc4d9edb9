import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import Database from 'better-sqlite3'
import { build } from 'esbuild'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sampleRevision, type SampleRun, startedRun } from '../../../test/conformance/samples.ts'
import { ScratchStore } from '../../../test/conformance/scratch-store.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import type { Store } from '../open-store.ts'
import { storePaths } from '../paths.ts'
import { Reader } from './reader.ts'

const entry = new URL('./thread.ts', import.meta.url)

let scratch: ScratchStore
let store: Store
let run: SampleRun
beforeEach(async () => {
  scratch = new ScratchStore()
  store = await scratch.open()
  run = await startedRun(store.storage, 1)
})
afterEach(() => scratch.remove())

test('every query is answered from the thread', async () => {
  const { queries } = store
  expect(await queries.runs({ limit: 10 })).toMatchObject({ runs: [{ id: run.id }], next: null })
  expect(await queries.run(run.id)).toMatchObject({ record: run.record, manifest: sampleRevision.manifest })
  expect((await queries.checkpoints(run.id, null, 10)).checkpoints).toHaveLength(1)
  expect(await queries.state(run.id, null)).toMatchObject({ input: 'input' })
  expect(await queries.journal(0, 10, null)).toHaveLength(1)
  expect(await queries.signals(run.id, 10)).toEqual([])
  expect(await queries.pending()).toEqual({ decisions: [], damaged: [] })
  expect(await queries.value(run.id, run.record.input)).toEqual({ value: 'input', size: 7, left: false })
  expect(await store.verify()).toMatchObject({ findings: [], checked: { runs: 1, values: 2, entries: 1 } })
})

test('what is committed is read at once, by however many ask', async () => {
  for (let version = 2; version < 20; version++) {
    await store.storage.commit(run.next())
    const details = await Promise.all(Array.from({ length: 5 }, () => store.queries.run(run.id)))
    expect(details.map((detail) => detail?.record.version)).toEqual(Array.from({ length: 5 }, () => version))
  }
})

test('damage crosses as what it is', async () => {
  await scratch.shut()
  const db = new Database(storePaths(scratch.workspace).store)
  db.exec('UPDATE checkpoint SET checksum = zeroblob(32)')
  db.close()
  store = await scratch.open()
  const error = await store.queries.state(run.id, 0).catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(CorruptionFound)
  expect(error).toMatchObject({ object: 'checkpoint', key: `${run.id}/0`, nearest: null })
})

test('a file that is no store is told of at every request', async () => {
  await scratch.shut()
  writeFileSync(storePaths(scratch.workspace).store, 'no database at all, but long enough to look at'.repeat(99))
  const reader = new Reader({ entry, workspace: scratch.workspace })
  await expect(reader.run(run.id)).rejects.toThrow(CorruptionFound)
  await expect(reader.run(run.id)).rejects.toThrow('file is not a database')
  await reader.close()
})

test('a thread that ends rejects what waits, and the next request starts another', async () => {
  const folder = mkdtempSync(join(scratch.workspace, 'thread-'))
  const flag = join(folder, 'failed')
  const broken = join(folder, 'broken.mjs')
  writeFileSync(
    broken,
    `import { existsSync, writeFileSync } from 'node:fs'
     if (!existsSync(${JSON.stringify(flag)})) { writeFileSync(${JSON.stringify(flag)}, ''); throw new Error('out of luck') }
     await import(${JSON.stringify(entry.href)})`,
  )
  const reader = new Reader({ entry: pathToFileURL(broken), workspace: scratch.workspace })
  const both = await Promise.allSettled([reader.run(run.id), reader.present()])
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(both[0]).toMatchObject({ reason: { name: 'StorageFailed', message: expect.stringContaining('out of luck') } })
  expect(await reader.run(run.id)).toMatchObject({ record: { id: run.id } })
  await reader.close()
})

test('a thread that was asked for nothing ends like any other', async () => {
  const reader = new Reader({ entry, workspace: join(scratch.workspace, 'nowhere') })
  await expect(reader.run(run.id)).rejects.toThrow(/it, or the folder that it is in, is not there \(ENOENT: no such file or directory, access '[^']+'\): bring it back/)
  await reader.close()
  await reader.close()
})

test('a closed reader answers what was asked before, and nothing after', async () => {
  const asked = store.queries.run(run.id)
  await scratch.shut()
  expect(await asked).toMatchObject({ record: { id: run.id } })
  await expect(store.queries.run(run.id)).rejects.toThrow('the store is closed')
})

test('the thread runs from a bundle, named by a path', async () => {
  mkdirSync('out', { recursive: true })
  const folder = mkdtempSync(join('out', 'reader-'))
  const outfile = join(process.cwd(), folder, 'reader.js')
  await build({
    entryPoints: [entry.pathname],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['better-sqlite3'],
    logLevel: 'error',
  })
  store = await scratch.open({ readerEntry: outfile })
  expect(await store.queries.run(run.id)).toMatchObject({ record: { id: run.id } })
  await scratch.shut()
  rmSync(folder, { recursive: true })
})
