import { randomBytes } from 'node:crypto'
import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ManualClock } from '../../test/conformance/manual-clock.ts'
import { sampleHostEntry } from '../../test/conformance/samples.ts'
import { ScratchStore } from '../../test/conformance/scratch-store.ts'
import { AnchorKeeper } from './anchor.ts'
import { copyStore } from './backup/copy-store.ts'
import { putBack } from './backup/put-back.ts'
import { genesis } from './format/journal-digest.ts'
import { storePaths } from './paths.ts'

let scratch: ScratchStore
let paths: ReturnType<typeof storePaths>
beforeEach(() => {
  scratch = new ScratchStore()
  paths = storePaths(scratch.workspace)
})
afterEach(() => scratch.remove())

const anchored = (): unknown => JSON.parse(readFileSync(paths.anchor, 'utf8'))

async function recorded(entries: number) {
  const store = await scratch.open()
  for (let count = 0; count < entries; count++) await store.storage.record(sampleHostEntry())
  return store
}

describe('the anchor', () => {
  test('stands from the first open on', async () => {
    await scratch.open()
    expect(anchored()).toEqual({ position: 0, digest: genesis })
  })

  test('follows the journal within a second, once for all that was committed', async () => {
    await recorded(3)
    expect(scratch.clock.pending).toBe(1)
    expect(anchored()).toMatchObject({ position: 0 })
    scratch.clock.advance(999)
    await vi.waitFor(() => expect(anchored()).toMatchObject({ position: 3 }))
    expect(scratch.clock.pending).toBe(0)
  })

  test('names the head when the store is closed', async () => {
    const { storage } = await recorded(2)
    const { position, digest } = await storage.record(sampleHostEntry())
    await scratch.shut()
    expect(anchored()).toEqual({ position, digest })
    expect(existsSync(`${paths.anchor}.new`)).toBe(false)
  })

  test('that cannot be written is told of, and the next one is tried', async () => {
    const clock = new ManualClock()
    const troubles: string[] = []
    const nowhere = `${scratch.workspace}/nowhere/anchor.json`
    const head = { position: 1, digest: genesis }
    const keeper = new AnchorKeeper(nowhere, clock, () => head, (what) => troubles.push(what))
    for (const times of [1, 2]) {
      keeper.moved()
      clock.advance(999)
      await vi.waitFor(() => expect(troubles).toHaveLength(times))
    }
    await expect(keeper.close()).rejects.toThrow('ENOENT')
  })
})

describe('an alarm is raised', () => {
  const alarmAfter = async (change: () => void) => {
    await recorded(5)
    await scratch.shut()
    change()
    const store = await scratch.open()
    return { alarm: store.alarm?.name, findings: (await store.verify()).findings.map(({ key }) => key) }
  }
  const edit = (sql: string) => () => {
    const db = new Database(paths.store)
    db.exec(sql)
    db.close()
  }

  test('for a journal that was cut short', async () => {
    expect(await alarmAfter(edit('DELETE FROM journal WHERE position > 3'))).toEqual({
      alarm: 'JournalBehindAnchor',
      findings: ['anchor'],
    })
  })

  test('for a store that was put back as it once was', async () => {
    await recorded(1)
    await scratch.shut()
    copyFileSync(paths.store, `${paths.store}.old`)
    expect(await alarmAfter(() => copyFileSync(`${paths.store}.old`, paths.store))).toMatchObject({
      alarm: 'JournalBehindAnchor',
    })
  })

  test('for a journal that was written anew', async () => {
    expect(await alarmAfter(edit(`UPDATE journal SET digest = zeroblob(32) WHERE position = 5`))).toEqual({
      alarm: 'JournalRewritten',
      findings: ['anchor', '5'],
    })
  })

  test('for an anchor that is gone or unreadable', async () => {
    expect(await alarmAfter(() => rmSync(paths.anchor))).toMatchObject({ alarm: 'AnchorLost' })
    expect(await alarmAfter(() => writeFileSync(paths.anchor, '{"position":'))).toMatchObject({ alarm: 'AnchorLost' })
  })
})

test('an alarm stays, whoever opens the store and goes on with it, until what is missing is there again', async () => {
  await recorded(1)
  await scratch.shut()
  const [old, newer] = [`${paths.store}.old`, `${paths.store}.newer`]
  copyFileSync(paths.store, old)
  await recorded(5)
  await scratch.shut()
  copyFileSync(paths.store, newer)
  copyFileSync(old, paths.store)
  for (const name of ['JournalBehindAnchor', 'JournalBehindAnchor']) {
    expect((await scratch.open()).alarm).toMatchObject({ name, message: 'the journal ends at 1, and was once at 6', wayOut: expect.stringContaining('bring that backup back') })
    await scratch.shut()
  }
  copyFileSync(newer, paths.store)
  expect((await scratch.open()).alarm).toBeNull()
  await scratch.shut()
  expect(anchored()).not.toHaveProperty('missing')

  copyFileSync(old, paths.store)
  const another = await scratch.open()
  for (let count = 0; count < 10; count++) await another.storage.record(sampleHostEntry({ kind: 'host', name: 'another' }))
  await scratch.shut()
  const store = await recorded(1)
  expect(store.alarm).toMatchObject({ name: 'JournalRewritten', message: 'entry 6 of the journal is not the one that was anchored' })
  expect((await store.verify()).findings).toMatchObject([{ object: 'journal', key: 'anchor' }])
})

test('that an anchor was lost stays told, whoever opens the store first, until a person has put a store there', async () => {
  await recorded(5)
  await scratch.shut()
  rmSync(paths.anchor)
  await recorded(1)
  await scratch.shut()
  const expected = { name: 'AnchorLost', message: expect.stringContaining('when the journal had 5 entries'), wayOut: expect.stringContaining('bring that backup back') }
  expect((await scratch.open()).alarm).toMatchObject(expected)
  expect((await (await scratch.here()).verify()).findings).toMatchObject([{ object: 'journal', key: 'anchor' }])
  await scratch.shut()

  const backup = `${scratch.workspace}/backup.db`
  const told = (): void => undefined
  await copyStore(paths.store, backup, { told, goOn: told })
  await putBack({ workspace: scratch.workspace, from: backup, kept: 'kept.db', actor: { kind: 'person', name: 'ann' }, clock: scratch.clock, randomness: { bytes: randomBytes }, told, takes: () => undefined })
  expect((await scratch.open()).alarm).toBeNull()
})

test.each<[string, (file: string) => void]>([
  ['gone', (file) => rmSync(file)],
  ['empty', (file) => writeFileSync(file, '')],
])('a store that is %s is not begun anew while its anchor says what it was', async (_, spoil) => {
  await recorded(5)
  await scratch.shut()
  spoil(paths.store)
  await expect(scratch.open()).rejects.toThrow(`${paths.store} is gone, and its journal had come to entry 5: bring it back`)
  rmSync(paths.anchor)
  expect((await scratch.open()).alarm).toBeNull()
})

test('no alarm is raised for a store that was closed, nor for one whose anchor is behind', async () => {
  await recorded(5)
  await scratch.shut()
  copyFileSync(paths.anchor, `${paths.anchor}.old`)
  expect((await recorded(5)).alarm).toBeNull()
  await scratch.shut()
  copyFileSync(`${paths.anchor}.old`, paths.anchor)
  const store = await scratch.open()
  expect(store.alarm).toBeNull()
  expect(await store.verify()).toMatchObject({ findings: [], checked: { entries: 10 } })
})
