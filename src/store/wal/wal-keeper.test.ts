import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { draft, SampleRun } from '../../../test/conformance/samples.ts'
import { ScratchStore } from '../../../test/conformance/scratch-store.ts'
import { outputKey } from '../../model/checkpoint.ts'
import { storePaths } from '../paths.ts'
import { openReader, openWriter } from '../sqlite/connection.ts'
import { bringHome } from './bring-home.ts'
import { WalKeeper } from './wal-keeper.ts'

let folder: string
let file: string
let writer: Database.Database
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cairn-wal-'))
  file = join(folder, 'store.db')
  writer = openWriter(file, 'full', [{ version: 1, up: (db) => db.exec('CREATE TABLE noise (bytes BLOB)') }])
})
afterEach(() => {
  writer.close()
  rmSync(folder, { recursive: true })
})

const grow = (pages: number) => writer.prepare('INSERT INTO noise VALUES (randomblob(?))').run(pages * 4_096)
/** Pages in the WAL, and those of them that are in the file too. */
const progress = () => z.object({ log: z.int(), checkpointed: z.int() }).parse(writer.prepare('PRAGMA wal_checkpoint(NOOP)').get())

function beginsToRead(): Database.Database {
  const reader = openReader(file)
  reader.exec('BEGIN')
  reader.prepare('SELECT count(*) FROM noise').get()
  return reader
}

function expectAllCopied(): void {
  const { log, checkpointed } = progress()
  expect(checkpointed).toBe(log)
  grow(10)
  expect(progress().log).toBeLessThan(100)
}

function kept() {
  const [asked, troubles]: [(() => void)[], string[]] = [[], []]
  const haveCopied = () => new Promise<void>((resolve) => asked.push(resolve))
  return { asked, troubles, keeper: new WalKeeper(writer, haveCopied, (what) => troubles.push(what)) }
}

test('nothing is asked for until it is worth it, and then once at a time', async () => {
  const { asked, keeper } = kept()
  grow(1_500)
  keeper.look()
  expect(asked).toHaveLength(0)
  grow(600)
  keeper.look()
  keeper.look()
  expect(asked).toHaveLength(1)
  asked[0]?.()
  await setImmediate()
  keeper.look()
  expect(asked).toHaveLength(1)
  grow(600)
  keeper.look()
  expect(asked).toHaveLength(2)
})

test('the copier copies all of it while the writer is open; then the WAL begins again', () => {
  grow(1_200)
  bringHome(file)
  expectAllCopied()
})

test('what is committed while the copier copies is little, and the writer copies it: then the WAL begins again', async () => {
  const { asked, keeper } = kept()
  grow(2_100)
  keeper.look()
  const before = beginsToRead()
  grow(100)
  bringHome(file)
  before.close()
  asked[0]?.()
  await vi.waitFor(() => {
    keeper.look()
    expect(progress()).toMatchObject({ checkpointed: progress().log })
  })
  expect(asked).toHaveLength(1)
  expectAllCopied()
})

test('a WAL that could not be begun again for long is copied by the writer, once what is left of it can be borne', async () => {
  const { asked, keeper } = kept()
  const reader = beginsToRead()
  grow(16_100)
  keeper.look()
  expect(asked).toHaveLength(1)
  expect(progress().checkpointed).toBeLessThan(100)
  reader.close()
  const another = beginsToRead()
  bringHome(file)
  asked[0]?.()
  await setImmediate()
  grow(3_000)
  another.close()
  keeper.look()
  expect(asked).toHaveLength(1)
  expectAllCopied()
})

test('one that has begun again between two looks, and is long again, is copied again', async () => {
  const { asked, keeper } = kept()
  grow(5_000)
  keeper.look()
  bringHome(file)
  asked[0]?.()
  await setImmediate()
  grow(3_000)
  expect(progress().log).toBeLessThan(5_000)
  keeper.look()
  expect(asked).toHaveLength(2)
})

test('where somebody reads on and on, it is not copied again before there is more of it', async () => {
  const { asked, keeper } = kept()
  grow(2_100)
  keeper.look()
  let reader = beginsToRead()
  bringHome(file)
  asked[0]?.()
  await setImmediate()
  /** What is left to copy after a look, where somebody reads all the while, but never for long. */
  const left = (more: number): number => {
    grow(more)
    const next = beginsToRead()
    reader.close()
    reader = next
    keeper.look()
    const { log, checkpointed } = progress()
    return log - checkpointed
  }
  expect(left(100)).toBe(0)
  for (const pages of [100, 200, 300]) expect(left(100)).toBeGreaterThanOrEqual(pages)
  expect(asked).toHaveLength(1)
  left(200)
  expect(asked).toHaveLength(2)
  reader.close()
})

test('a WAL that is read is not waited for by the writer, and emptied once it is read no more', async () => {
  const keeper = new WalKeeper(writer, async () => bringHome(file), () => undefined)
  grow(100)
  const reader = beginsToRead()
  let rests = 0
  await keeper.settle(async () => {
    rests += 1
    expect(statSync(`${file}-wal`).size).toBeGreaterThan(0)
    if (rests === 2) reader.close()
  })
  expect(rests).toBe(2)
  expect(statSync(`${file}-wal`).size).toBe(0)
  expect(writer.pragma('busy_timeout', { simple: true })).toBe(50)
})

test('a WAL that is read on and on is left as it is', async () => {
  const keeper = new WalKeeper(writer, async () => bringHome(file), () => undefined)
  const reader = beginsToRead()
  grow(100)
  let rests = 0
  await keeper.settle(async () => {
    rests += 1
  })
  expect(rests).toBe(10)
  reader.close()
})

test('what goes wrong with it is told, and goes no further', async () => {
  const troubles: string[] = []
  const refuses = new WalKeeper(writer, () => Promise.reject(new Error('no')), (what) => troubles.push(what))
  grow(2_100)
  refuses.look()
  await vi.waitFor(() => expect(troubles).toHaveLength(1))
  writer.close()
  refuses.look()
  expect(troubles).toHaveLength(2)
})

/** A keeper whose copier does as it is told by `works`. */
function failing() {
  const told: string[] = []
  const copier = { works: false, asked: 0 }
  const haveCopied = async (): Promise<void> => {
    copier.asked += 1
    if (!copier.works) throw new Error('no')
    bringHome(file)
  }
  return { copier, told, keeper: new WalKeeper(writer, haveCopied, (what) => told.push(what)) }
}

test('a copier that fails is asked again once there is more, told of once until it works, and then once more', async () => {
  const { copier, told, keeper } = failing()
  const more = async (pages: number): Promise<void> => {
    grow(pages)
    keeper.look()
    await setImmediate()
  }
  await more(2_100)
  for (const pages of [600, 600, 600]) await more(pages)
  expect(copier.asked).toBe(4)
  expect(told).toHaveLength(1)
  copier.works = true
  await more(600)
  expectAllCopied()
  copier.works = false
  await more(2_100)
  expect(told).toHaveLength(2)
})

test('where the copier fails, the writer copies a WAL that is too long', async () => {
  const { told, keeper } = failing()
  grow(15_000)
  keeper.look()
  await setImmediate()
  expect(progress().checkpointed).toBe(0)
  grow(1_100)
  keeper.look()
  expectAllCopied()
  expect(told).toHaveLength(1)
})

test('a WAL is emptied also where the copier fails, and that is told', async () => {
  const { told, keeper } = failing()
  grow(100)
  await keeper.settle(() => Promise.reject(new Error('nobody is in the way')))
  expect(statSync(`${file}-wal`).size).toBe(0)
  expect(told).toHaveLength(1)
})

test('a store that is written to keeps its WAL short, and has none when it is closed', async () => {
  const scratch = new ScratchStore()
  const { storage } = await scratch.open()
  const run = new SampleRun(storage, 1)
  await storage.commit(run.create())
  const { store } = storePaths(scratch.workspace)
  for (let number = 1; statSync(store).size < 10_000_000; number++) {
    const value = run.seal(randomBytes(50_000).toString('base64'))
    await storage.commit(run.next({ values: [value], changes: [{ key: outputKey(draft, number), address: value.address }] }))
  }
  expect(scratch.troubles).toEqual([])
  expect(statSync(`${store}-wal`).size).toBeLessThan(64_000_000)
  await scratch.shut()
  expect(statSync(`${store}-wal`, { throwIfNoEntry: false })).toBeUndefined()
  await scratch.remove()
})
