import { mkdirSync } from 'node:fs'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type SampleRun, startedRun } from '../../../test/conformance/samples.ts'
import { ScratchStore } from '../../../test/conformance/scratch-store.ts'
import type { Finding } from '../../model/integrity.ts'
import { GivenUp, StorageFailed } from '../../model/storage-errors.ts'
import type { Store } from '../open-store.ts'
import { storePaths } from '../paths.ts'
import type { Tell } from './verifier.ts'

let scratch: ScratchStore
let store: Store
let run: SampleRun
beforeEach(async () => {
  scratch = new ScratchStore()
  store = await scratch.open()
  run = await startedRun(store.storage, 1)
})
afterEach(() => scratch.remove())

test('two who ask at once are answered by one walk, the next one by another', async () => {
  const [first, second] = await Promise.all([store.verify(), store.verify()])
  expect(second).toBe(first)
  expect(await store.verify()).not.toBe(first)
})

test('a store that is written meanwhile is whole all the same', async () => {
  const verifying = store.verify()
  for (let version = 0; version < 50; version++) {
    await store.storage.commit(run.next({ changes: [] }))
    scratch.clock.advance(500)
  }
  expect((await verifying).findings).toEqual([])
})

test('a patrol of a store that is written meanwhile raises no alarm, and looks at all that is new', async () => {
  const writing = (async () => {
    for (let version = 0; version < 200; version++) {
      const value = run.seal(`at ${version}`)
      await store.storage.commit(run.next({ values: [value], changes: [{ key: `output/draft/${version + 1}`, address: value.address }] }))
    }
  })()
  const whole: Tell = async (told) => expect(told).toEqual({ found: [], mended: [], counted: { found: [], mended: [] } })
  for (let visit = 0; visit < 20; visit++) await store.verifier.patrol(whole)
  await writing
  await store.verifier.patrol(whole)
  expect(store.verifier.check).toMatchObject({ findings: 0, wholeAt: scratch.clock.now() })
})

test('questions are answered meanwhile', async () => {
  const verifying = store.verify()
  expect(await store.queries.present()).toMatchObject({ byStatus: { running: 1, failed: 0 }, pendingDecisions: 0 })
  await verifying
})

test('where it cannot be remembered how far it came, as on a full disk, what it found is answered all the same', async () => {
  mkdirSync(`${storePaths(scratch.workspace).patrol}.new`)
  expect(await store.verify()).toMatchObject({ findings: [], checked: { runs: 1 } })
  await store.verifier.patrol(async () => undefined)
  expect(store.verifier.check).toMatchObject({ findings: 0 })
  expect(scratch.troubles).toEqual([expect.stringContaining('EISDIR'), expect.stringContaining('EISDIR')])
})

test('where what is damaged cannot be journaled, as on a full disk, whoever asked is told, and the next look tells of it', async () => {
  const db = new Database(storePaths(scratch.workspace).store)
  db.exec('UPDATE run SET checksum = zeroblob(32)')
  db.close()
  const isFull = new StorageFailed('its disk is full', { fault: 'full' })
  const { findings } = await store.verifier.verify(() => Promise.reject(isFull))
  expect(findings).toContainEqual(expect.objectContaining({ object: 'run' }))
  expect(store.verifier.findings).toEqual([])
  const told: Finding[] = []
  await store.verifier.patrol(async ({ found }) => void told.push(...found))
  expect(told).toEqual(findings)
})

test('what is wrong with the store as a whole is told of once, whichever look comes next, and as mended by a host that is told no more of it', async () => {
  const told: string[] = []
  const tell: Tell = async ({ found, mended }) => void told.push(...found.map(({ key }) => `found ${key}`), ...mended.map(({ key }) => `mended ${key}`))
  store.verifier.alarmed({ class: 'corruption', name: 'StorePutBack', message: 'an older one was put back' })
  await store.verifier.patrol(tell)
  await store.verifier.verify(tell)
  await store.verifier.patrol(tell)
  expect(told).toEqual(['found anchor'])
  expect(store.verifier.findings).toMatchObject([{ object: 'journal', detail: 'an older one was put back' }])
  store = await scratch.open()
  await store.verifier.patrol(tell)
  expect(told).toEqual(['found anchor', 'mended anchor'])
})

test('closing the store gives it up', async () => {
  const verifying = expect(store.verify()).rejects.toThrow(GivenUp)
  await scratch.shut()
  await verifying
  expect(scratch.troubles).toEqual([])
})
