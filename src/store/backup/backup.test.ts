import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { SampleRun, sampleHostEntry, sampleRevision, sampleStep } from '../../../test/conformance/samples.ts'
import { ScratchStore } from '../../../test/conformance/scratch-store.ts'
import type { BackupProgress } from '../../model/backup.ts'
import { CorruptionFound, GivenUp, StorageFailed } from '../../model/storage-errors.ts'
import type { Store } from '../open-store.ts'
import { storePaths } from '../paths.ts'
import { openReader, StoreForeign } from '../sqlite/connection.ts'
import { StoreTooNew } from '../sqlite/migrate.ts'
import { copyStore } from './copy-store.ts'
import { putBack } from './put-back.ts'

let scratch: ScratchStore
let store: Store
let run: SampleRun
let paths: ReturnType<typeof storePaths>
let to: string
let told: BackupProgress[]

beforeEach(async () => {
  scratch = new ScratchStore()
  store = await scratch.open()
  await store.storage.saveRevision(sampleRevision)
  run = new SampleRun(store.storage, 1)
  await store.storage.commit(run.create({ steps: [sampleStep()] }))
  paths = storePaths(scratch.workspace)
  to = join(scratch.workspace, 'backup.db')
  told = []
})
afterEach(() => scratch.remove())

const copying = { told: (progress: BackupProgress) => told.push(progress), goOn: () => undefined }
const copy = () => copyStore(paths.store, to, copying)
const bringBack = (from = to, takes: () => void = () => undefined) =>
  putBack({
    takes,
    workspace: scratch.workspace,
    from,
    kept: 'kept.db',
    actor: { kind: 'person', name: 'ann' },
    clock: scratch.clock,
    randomness: { bytes: randomBytes },
    told: copying.told,
  })
const position = (file: string) => {
  const db = new Database(file, { readonly: true })
  const last = db.prepare('SELECT max(position) FROM journal').pluck().get()
  db.close()
  return last
}

describe('a backup', () => {
  test('is one file, whole, as of one moment, while commits go on', async () => {
    const { position: before } = store.head()
    let commits = 0
    const backup = await copyStore(paths.store, to, {
      told: copying.told,
      goOn: () => {
        commits += 1
        void store.storage.commit(run.next())
      },
    })
    await store.storage.commit(run.next())
    expect(commits).toBeGreaterThan(0)
    expect(store.head().position).toBeGreaterThan(before)
    expect(backup).toEqual({ file: to, bytes: statSync(to).size, position: before })
    expect(position(to)).toBe(before)
    expect(told.at(-1)).toEqual({ type: 'verifying' })
    expect(told).toContainEqual({ type: 'copied', pages: expect.any(Number), of: expect.any(Number) })
    expect(readdirSync(scratch.workspace).toSorted()).toEqual(['.cairn', 'backup.db'])
    expect(statSync(to).mode & 0o077).toBe(0)
  })

  test('is made where nothing may be written beside the store, of what lies there', async () => {
    const { position: head } = store.head()
    await scratch.shut()
    // SQLite cannot make its file there, as on a disk that is mounted read-only.
    mkdirSync(`${paths.store}-shm`)
    const backup = await copy()
    expect(backup).toEqual({ file: to, bytes: statSync(to).size, position: head })
    expect(statSync(to).mode & 0o077).toBe(0)
    rmSync(`${paths.store}-shm`, { recursive: true })
    await bringBack()
    expect(await (await scratch.open()).verify()).toMatchObject({ findings: [], checked: { runs: 1 } })
  })

  test('that is brought back keeps each store that it replaces, two within a second as well', async () => {
    await copy()
    await scratch.shut()
    const kept = [await bringBack(), await bringBack(), await bringBack()].map((done) => done.kept)
    expect(kept).toEqual(['kept.db', 'kept-2.db', 'kept-3.db'].map((name) => join(dirname(paths.store), name)))
    expect(kept.map((file) => file !== null && existsSync(file))).toEqual([true, true, true])
  })

  test('takes the place of the one before only once it is whole', async () => {
    const { position: first } = await copy()
    await store.storage.commit(run.next())
    await expect(copyStore(paths.store, to, { ...copying, goOn: giveUp })).rejects.toThrow(GivenUp)
    expect(position(to)).toBe(first)
    expect(await copy()).toMatchObject({ position: first + 1 })
    expect(readdirSync(scratch.workspace).toSorted()).toEqual(['.cairn', 'backup.db'])
  })

  test('is made beside no file of anybody else, and by two at once', async () => {
    writeFileSync(`${to}.new`, 'of somebody else')
    const { position: head } = store.head()
    expect(await Promise.all([copy(), copy()])).toMatchObject([{ position: head }, { position: head }])
    expect(readFileSync(`${to}.new`, 'utf8')).toBe('of somebody else')
    expect(position(to)).toBe(head)
  })

  test('of a damaged store is not made', async () => {
    await scratch.shut()
    const db = new Database(paths.store)
    db.exec("UPDATE run SET content = replace(content, 'running', 'waiting')")
    db.close()
    await expect(copy()).rejects.toThrow(CorruptionFound)
    expect(existsSync(to)).toBe(false)
  })

  test('of a file that holds nothing is not made, and that is said', async () => {
    await scratch.shut()
    writeFileSync(paths.store, '')
    await expect(copy()).rejects.toThrow(`${paths.store} holds nothing`)
    expect(existsSync(to)).toBe(false)
  })

  test('that cannot be written is told of by name', async () => {
    to = join(scratch.workspace, 'nowhere', 'backup.db')
    await expect(copy()).rejects.toMatchObject({ fault: 'gone', message: expect.stringContaining(to) })
  })

  test('is made of an open store in a thread of its own, one at a time', async () => {
    const both = await Promise.allSettled([store.backUp(to, copying.told), store.backUp(to, copying.told)])
    expect(both).toMatchObject([{ status: 'fulfilled', value: { file: to } }, { status: 'rejected', reason: expect.any(StorageFailed) }])
    expect(told.at(-1)).toEqual({ type: 'verifying' })
    expect(await store.backUp(to, copying.told)).toMatchObject({ file: to })
  })

  test('that is under way when the store is closed is given up', async () => {
    const making = store.backUp(to, copying.told)
    const ended = expect(making).rejects.toThrow(GivenUp)
    await scratch.shut()
    await ended
    expect(existsSync(to)).toBe(false)
    await expect(store.backUp(to, copying.told)).rejects.toThrow('the store is closed')
  })
})

describe('a backup that is put back', () => {
  test('is the store from then on, says so in its journal, and raises no alarm', async () => {
    const { position: then } = await copy()
    for (let more = 0; more < 5; more++) await store.storage.commit(run.next())
    const { position: replaced } = store.head()
    await scratch.shut()

    const kept = join(paths.folder, 'kept.db')
    expect(await bringBack()).toEqual({ position: then + 1, replaced, kept })
    store = await scratch.open()
    expect(store.alarm).toBeNull()
    const [entry] = await store.queries.journal(then, 10, null)
    expect(entry).toMatchObject({ actor: { name: 'ann' }, events: [{ type: 'backup_restored', from: to, replaced, kept }] })
    expect(await store.verify()).toMatchObject({ findings: [], checked: { entries: then + 1 } })
    expect(position(kept)).toBe(replaced)
    expect(readdirSync(paths.folder).filter((name) => name.includes('incoming'))).toEqual([])
  })

  test('is told of before it takes the place: what is kept elsewhere of the one before goes first', async () => {
    await copy()
    await scratch.shut()
    const before = readFileSync(paths.store)
    let then: Buffer | undefined
    await bringBack(to, () => {
      then = readFileSync(paths.store)
    })
    expect(then?.equals(before)).toBe(true)
  })

  test('without anybody saying so is an alarm still, until somebody brings it back', async () => {
    await copy()
    await store.storage.commit(run.next())
    await scratch.shut()
    writeFileSync(paths.store, readFileSync(to))
    store = await scratch.open()
    expect(store.alarm).toMatchObject({ name: 'JournalBehindAnchor' })
    await scratch.shut()
    await bringBack()
    expect((await scratch.open()).alarm).toBeNull()
  })

  test('takes the place of a store that is no store any more, and keeps that too', async () => {
    await copy()
    await scratch.shut()
    writeFileSync(paths.store, 'nothing that could be read')
    expect(await bringBack()).toMatchObject({ replaced: null })
    expect(readFileSync(join(paths.folder, 'kept.db'), 'utf8')).toBe('nothing that could be read')
    store = await scratch.open()
    expect(store.alarm).toBeNull()
    expect(store.storage.load(run.id)).toBeDefined()
  })

  test('that cannot take the place leaves the store as it is', async () => {
    await copy()
    await store.storage.commit(run.next())
    const { position: then } = store.head()
    await killed()
    mkdirSync(`${paths.anchor}.new`)
    await expect(bringBack()).rejects.toThrow('EISDIR')
    expect(readdirSync(paths.folder).filter((name) => /incoming|kept/.test(name))).toEqual([])
    rmSync(`${paths.anchor}.new`, { recursive: true })
    store = await scratch.open()
    expect(store.head().position).toBe(then)
    expect(await store.verify()).toMatchObject({ findings: [] })
  })

  test('waits for nobody who goes on reading the store: it is refused, and all is there', async () => {
    await copy()
    await killed()
    const reader = openReader(paths.store)
    reader.exec('BEGIN')
    reader.prepare('SELECT count(*) FROM run').get()
    const more = new Database(paths.store)
    more.exec('CREATE TABLE more (bytes BLOB)')
    more.close()
    await expect(bringBack()).rejects.toMatchObject({ fault: 'held', message: expect.stringContaining(paths.store) })
    expect(readdirSync(paths.folder).filter((name) => /incoming|kept/.test(name))).toEqual([])
    reader.close()
    expect(await bringBack()).toMatchObject({ kept: join(paths.folder, 'kept.db') })
  })

  test.each([true, false])('takes the place of one that cannot be read with the WAL beside it, and keeps both; or leaves both (%s)', async (does) => {
    await copy()
    await scratch.shut()
    const kept = join(paths.folder, 'kept.db')
    const both = [...'ab'].map((letter) => letter.repeat(8_192))
    for (const [at, part] of ['', '-wal'].entries()) writeFileSync(`${paths.store}${part}`, both[at] ?? '')
    if (!does) mkdirSync(`${paths.anchor}.new`)
    await bringBack().catch(() => undefined)
    const there = does ? kept : paths.store
    expect(['', '-wal'].map((part) => readFileSync(`${there}${part}`, 'utf8'))).toEqual(both)
    if (does) expect(await (await scratch.open()).verify()).toMatchObject({ findings: [] })
    else expect(existsSync(kept)).toBe(false)
  })

  test('takes the place of none', async () => {
    await copy()
    await scratch.shut()
    rmSync(paths.folder, { recursive: true })
    mkdirSync(paths.folder)
    expect(await bringBack()).toMatchObject({ replaced: null, kept: null })
    expect((await scratch.open()).alarm).toBeNull()
  })

  test('takes the place of one that is gone, and nothing of the WAL that it left', async () => {
    const { position: then } = await copy()
    await store.storage.commit(run.next())
    await killed()
    rmSync(paths.store)
    expect(await bringBack()).toMatchObject({ position: then + 1, replaced: null, kept: null })
    expect(statSync(join(paths.folder, 'kept.db-wal')).size).toBeGreaterThan(0)
    store = await scratch.open()
    expect(store.head().position).toBe(then + 1)
    expect(store.alarm).toBeNull()
  })

  test('takes what its WAL holds along, where somebody has copied the files of a store that was not closed', async () => {
    const { position: then } = store.head()
    for (const part of ['', '-wal']) writeFileSync(`${to}${part}`, readFileSync(`${paths.store}${part}`))
    await store.storage.commit(run.next())
    await scratch.shut()
    expect(await bringBack()).toMatchObject({ position: then + 1, replaced: then + 1 })
    expect(existsSync(`${to}-wal`)).toBe(true)
    expect((await scratch.open()).alarm).toBeNull()
  })

  test.each<[string, (file: string) => void, new (...given: never[]) => Error]>([
    ['damaged', (file) => alter(file, 'DELETE FROM journal WHERE position = 2'), CorruptionFound],
    ['cut short', (file) => truncateSync(file, 9_000), CorruptionFound],
    ['of a newer version', (file) => alter(file, 'PRAGMA user_version = 99'), StoreTooNew],
    ['of another program', (file) => alter(file, 'DROP TABLE journal'), StoreForeign],
    ['empty', (file) => writeFileSync(file, ''), StoreForeign],
    ['a database that holds nothing', (file) => [rmSync(file), alter(file, 'CREATE TABLE a (b); DROP TABLE a')], StoreForeign],
    ['not there', (file) => rmSync(file), StorageFailed],
  ])('is refused where it is %s, and nothing is changed', async (_, spoil, error) => {
    for (let more = 0; more < 3; more++) await store.storage.record(sampleHostEntry())
    await copy()
    await scratch.shut()
    spoil(to)
    const before = [paths.store, paths.anchor].map((file) => readFileSync(file))
    await expect(bringBack()).rejects.toThrow(error)
    expect([paths.store, paths.anchor].map((file) => readFileSync(file))).toEqual(before)
    expect(readdirSync(paths.folder).filter((name) => /incoming|kept/.test(name))).toEqual([])
  })
})

/** Leaves the files as a process leaves them that dies: what was committed last is in the WAL alone. */
async function killed(): Promise<void> {
  const files = ['', '-wal'].map((part) => [`${paths.store}${part}`, readFileSync(`${paths.store}${part}`)] as const)
  await scratch.shut()
  for (const [file, bytes] of files) writeFileSync(file, bytes)
}

function giveUp(): never {
  throw new GivenUp('nobody waits for it')
}

function alter(file: string, sql: string): void {
  const db = new Database(file)
  db.exec(sql)
  db.close()
}
