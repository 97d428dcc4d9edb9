/** A store that is encrypted with all that it holds says the same as before; a process that is killed meanwhile leaves the one or the other. */
import { randomBytes } from 'node:crypto'
import { cpSync, existsSync, linkSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { encryptStore } from '../../src/store/crypt/encrypt-store.ts'
import { workspaceKey } from '../../src/store/crypt/workspace-key.ts'
import type { Store } from '../../src/store/open-store.ts'
import { migrations } from '../../src/store/migrations/all.ts'
import { storePaths } from '../../src/store/paths.ts'
import { Child } from './child.ts'
import { fillWithEveryKind } from './damage/every-kind.ts'
import { ScratchStore } from './scratch-store.ts'

const bytes = Buffer.alloc(32, 9)
const key = workspaceKey(bytes)
/** A store that holds something of every kind, closed: each test has a copy of it. */
const filled = new ScratchStore()
let scratch: ScratchStore
let before: unknown

beforeAll(async () => {
  const store = await filled.open({ keyframeFloor: 1_500, durability: 'normal' })
  await fillWithEveryKind(store, filled.clock)
  before = await everythingOf(store)
  await filled.shut()
})
afterAll(() => filled.remove())
beforeEach(() => {
  scratch = new ScratchStore()
  cpSync(filled.workspace, scratch.workspace, { recursive: true })
})
afterEach(() => scratch.remove())

/** All that can be asked of a store, but for its digests. */
async function everythingOf({ queries, storage, head }: Store): Promise<unknown> {
  const { runs } = await queries.runs({ limit: 200 })
  const all = runs.map(async ({ id, checkpoints }) => {
    const numbers = Array.from({ length: checkpoints }, (_, number) => number)
    const states = await Promise.all(numbers.map(async (number) => (await queries.state(id, number).catch(String)) ?? null))
    const entries = await queries.journal(0, 1_000, id)
    return [
      await queries.run(id).then((detail) => detail && { ...detail, position: 0 }),
      storage.load(id),
      states.map((state) => (typeof state === 'object' ? { ...state, checkpoint: null } : state)),
      entries.map((entry) => ({ ...entry, digest: null })),
      await queries.branches(id),
      await queries.signals(id, 1_000),
      await queries.decisions(id),
    ]
  })
  return { runs: await Promise.all(all), position: head().position, urgent: await queries.urgent(10), pending: await queries.pending() }
}

const parts = () => ({
  workspace: scratch.workspace,
  key,
  actor: { kind: 'person' as const, name: 'ann' },
  clock: filled.clock,
  randomness: { bytes: randomBytes },
})

test('it says the same as before, is whole, and tells in its journal that it was encrypted', async () => {
  await encryptStore(parts())
  const store = await scratch.open({ key })
  const { position, ...said } = Object(await everythingOf(store))
  const { position: was, ...expected } = Object(before)
  expect(said).toEqual(expected)
  expect(position).toBe(was + 1)
  expect(store.alarm).toBeNull()
  expect(await store.verify()).toMatchObject({ findings: [] })
  const [last] = await store.queries.journalBefore(Number.MAX_SAFE_INTEGER, 1, null)
  expect(last).toMatchObject({ events: [{ type: 'store_encrypted', key: store.keyring?.fingerprint }] })
  expect(readdirSync(storePaths(scratch.workspace).folder).filter((name) => name.includes('encrypting'))).toEqual([])
})

test('what it held stands in no file any more, under whatever name: its WAL and its index went with it', async () => {
  const { store, index } = storePaths(scratch.workspace)
  // A writer that ended without bringing its WAL home.
  const db = new Database(store)
  db.pragma('wal_autocheckpoint = 0')
  db.pragma(`user_version = ${migrations.length}`)
  for (const part of ['', '-wal']) cpSync(`${store}${part}`, `${store}.now${part}`)
  db.close()
  for (const part of ['', '-wal']) renameSync(`${store}.now${part}`, `${store}${part}`)
  for (const part of ['', '-wal', '-journal']) writeFileSync(`${index}${part}`, 'words')
  const held = [store, `${store}-wal`, index, `${index}-wal`, `${index}-journal`]
  const kept = held.map((_, number) => join(scratch.workspace, `kept-${number}`))
  for (const [number, file] of held.entries()) linkSync(file, kept[number] ?? expect.fail())

  const overwritten = await encryptStore(parts())
  for (const file of kept) expect(readFileSync(file).every((byte) => byte === 0), file).toBe(true)
  expect(overwritten).toEqual(expect.arrayContaining(held))
  for (const part of ['', '-wal', '-journal']) expect(existsSync(`${index}${part}`)).toBe(false)
})

test.each(['among its values', 'among its entries', 'before the rename', 'after the rename'])('killed %s, it is the one or the other', async (point) => {
  const child = new Child('encrypting.ts', scratch.workspace, bytes.toString('hex'), point)
  await child.rest()
  expect(child.signal).toBe('SIGKILL')
  if (point !== 'after the rename') {
    const store = await scratch.open()
    expect(store.alarm).toBeNull()
    expect(await everythingOf(store)).toEqual(before)
    await scratch.shut()
    await encryptStore(parts())
  }
  const store = await scratch.open({ key })
  expect(store.alarm).toBeNull()
  expect(await store.verify()).toMatchObject({ findings: [] })
})

test('where the disk takes nothing in place of what was, that is said, and not that nothing was done', async () => {
  const child = new Child('encrypting.ts', scratch.workspace, bytes.toString('hex'), 'full')
  const [said] = await child.rest()
  expect(said).toContain('store.db is encrypted, but not overwritten as it was')
  expect(said).toContain('its disk is full')
  const store = await scratch.open({ key })
  expect(await store.verify()).toMatchObject({ findings: [] })
})
