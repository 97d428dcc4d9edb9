/** A process that is killed while it makes a backup, or puts one back: what stands there is the old or the new, and whole. */
import { randomBytes } from 'node:crypto'
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { assertWhole } from '../../src/store/backup/assert-whole.ts'
import { copyStore } from '../../src/store/backup/copy-store.ts'
import { putBack } from '../../src/store/backup/put-back.ts'
import { storePaths } from '../../src/store/paths.ts'
import { type JournalHead, journalReader } from '../../src/store/read/journal.ts'
import { openReader } from '../../src/store/sqlite/connection.ts'
import { Child } from './child.ts'
import { sampleHostEntry } from './samples.ts'
import { ScratchStore } from './scratch-store.ts'

let scratch: ScratchStore
let backup: string
let older: JournalHead
let newer: JournalHead
const asked = { told: () => undefined, goOn: () => undefined }

/** A store that has gone on since it was backed up, and is closed. */
beforeEach(async () => {
  scratch = new ScratchStore()
  backup = join(scratch.workspace, 'backup.db')
  const store = await scratch.open()
  for (let count = 0; count < 3; count++) await store.storage.record(sampleHostEntry())
  older = store.head()
  await copyStore(storePaths(scratch.workspace).store, backup, asked)
  await store.storage.record(sampleHostEntry())
  newer = store.head()
  await scratch.shut()
})
afterEach(() => scratch.remove())

async function killed(what: 'back up' | 'put back', point: string): Promise<void> {
  const child = new Child('copying.ts', what, scratch.workspace, backup, point)
  await child.rest()
  expect(child.signal).toBe('SIGKILL')
}

/** What backups that have not ended have beside their names. */
const halves = (): string[] => readdirSync(scratch.workspace).filter((name) => name.includes('.new-'))

function headOf(file: string): JournalHead {
  const db = openReader(file)
  try {
    return journalReader(db).head()
  } finally {
    db.close()
  }
}

describe('killed while a backup is made', () => {
  test.each(['copied', 'verifying', 'the first row', 'before the rename'])('at %s, the one of before is there', async (point) => {
    await killed('back up', point)
    assertWhole(backup, older)
    await copyStore(storePaths(scratch.workspace).store, backup, asked)
    assertWhole(backup, newer)
  })

  test('after the rename, the new one is', async () => {
    await killed('back up', 'after the rename')
    assertWhole(backup, newer)
  })

  test.each(['copied', 'verifying', 'the first row', 'before the rename', 'after the rename'])('at %s, what it left is removed by the next into that folder, whatever its name', async (point) => {
    await killed('back up', point)
    expect(halves()).toHaveLength(1)
    await copyStore(storePaths(scratch.workspace).store, join(scratch.workspace, 'other.db'), asked)
    expect(halves()).toEqual([])
  })

  test('what another process is making is left to it, for as long as that lives', async () => {
    const child = new Child('copying.ts', 'back up', scratch.workspace, backup, 'before the rename', 'stands still')
    expect(await child.says()).toBe('before the rename')
    const making = halves()
    expect(making).toHaveLength(1)
    const { store } = storePaths(scratch.workspace)
    await copyStore(store, join(scratch.workspace, 'other.db'), asked)
    expect(halves()).toEqual(making)
    assertWhole(join(scratch.workspace, making[0] ?? '', 'store.db'), newer)
    await child.kill()
    await copyStore(store, join(scratch.workspace, 'other.db'), asked)
    expect(halves()).toEqual([])
  })
})

describe('killed while a backup is put back', () => {
  const asItWas = ['verifying', 'with the one of before kept', 'before both are anchored', 'with both anchored', 'before the rename']
  test.each(asItWas)('at %s, the store is as it was', async (point) => {
    await killed('put back', point)
    const store = await scratch.open()
    expect(store.alarm).toBeNull()
    expect(store.head()).toEqual(newer)
    expect(await store.verify()).toMatchObject({ findings: [] })
  })

  test.each(['after the rename', 'before it alone is anchored', 'with it alone anchored'])('%s, it is the backup, and the store of before is kept', async (point) => {
    await killed('put back', point)
    const { folder } = storePaths(scratch.workspace)
    expect(headOf(join(folder, 'kept.db'))).toEqual(newer)
    const store = await scratch.open()
    expect(store.alarm).toBeNull()
    expect(store.head().position).toBe(older.position + 1)
    expect(await store.verify()).toMatchObject({ findings: [] })
  })

  test('with the WAL of a store that cannot be read set aside, it is put back again, and both are kept', async () => {
    const { store, folder } = storePaths(scratch.workspace)
    const [file, wal] = [...'ab'].map((letter) => letter.repeat(8_192))
    writeFileSync(store, file ?? '')
    writeFileSync(`${store}-wal`, wal ?? '')
    await killed('put back', 'with the WAL set aside')
    await killed('put back', 'after the rename')
    const kept = ['kept.db', 'kept.db-wal', 'kept-2.db'].map((name) => readFileSync(join(folder, name), 'utf8'))
    expect(kept).toEqual([file, wal, file])
    expect((await scratch.open()).head().position).toBe(older.position + 1)
  })

  test('that was not killed leaves an anchor that a store of before does not fit', async () => {
    const { store, folder } = storePaths(scratch.workspace)
    const actor = { kind: 'person', name: 'ann' } as const
    await putBack({ workspace: scratch.workspace, from: backup, kept: 'kept.db', actor, clock: scratch.clock, randomness: { bytes: randomBytes }, told: asked.told, takes: () => undefined })
    copyFileSync(join(folder, 'kept.db'), store)
    expect((await scratch.open()).alarm).toMatchObject({ name: 'JournalRewritten' })
  })
})
