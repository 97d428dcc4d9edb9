import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { sampleHostEntry } from '../../test/conformance/samples.ts'
import { ScratchStore } from '../../test/conformance/scratch-store.ts'
import { CorruptionFound, StorageFailed, type StorageFault } from '../model/storage-errors.ts'
import { storePaths } from '../store/paths.ts'
import { StoreStuck } from '../store/sqlite/migrate.ts'
import { commandsFor, refusalOf } from './refusal.ts'
import { StartRefused, type StartTrouble } from './start-refused.ts'

const scratch = new ScratchStore()
const { storage } = await scratch.open()
await storage.record(sampleHostEntry())
await scratch.shut()

/** A workspace with a store, as it is once it was spoilt. */
function workspace(spoil: (store: string) => void = () => undefined): string {
  const root = mkdtempSync(join(tmpdir(), 'cairn-refusal-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  const { folder, store } = storePaths(root)
  mkdirSync(folder)
  copyFileSync(storePaths(scratch.workspace).store, store)
  spoil(store)
  return root
}
const edited = (sql: string) => (store: string) => {
  const db = new Database(store)
  db.exec(sql)
  db.close()
}
const refused = (trouble: StartTrouble, fault?: StorageFault) =>
  new StartRefused(trouble, 'so it is', fault && { cause: new StorageFailed('so it is', { fault }) })

test.each<[string, StartTrouble, ((store: string) => void) | undefined, boolean]>([
  ['is open elsewhere', 'owned', undefined, true],
  ['is of a workspace whose settings are wrong', 'config', undefined, true],
  ['is gone', 'store', rmSync, false],
  ['is empty', 'store', (store) => writeFileSync(store, ''), false],
  ['is a folder', 'store', (store) => [rmSync(store), mkdirSync(store)], false],
  ['is no database', 'store', (store) => writeFileSync(store, 'no database'), false],
  ['is another program\'s', 'store', (store) => [rmSync(store), edited('CREATE TABLE other (a)')(store)], false],
  ['has lost the end of its journal', 'store', edited("UPDATE journal SET digest = x'00'"), true],
  ['is of an earlier version', 'owned', edited('PRAGMA user_version = 1'), true],
  ['is of a later one', 'owned', edited('PRAGMA user_version = 99'), false],
])('a store that %s is only offered to be looked at where it can be', async (_, trouble, spoil, leads) => {
  const { ways } = await refusalOf(refused(trouble), workspace(spoil))
  expect(ways.includes('look')).toBe(leads)
})

test.each(['keyring', 'data_key'])('a store whose %s is damaged is not offered to be looked at: that takes its keys, too', async (object) => {
  const cause = new CorruptionFound(object, '0', 'it is gone')
  const { ways } = await refusalOf(new StartRefused('store', cause.message, { cause }), workspace())
  expect(ways).toEqual(['bring_back', 'elsewhere', 'again'])
})

test('a store that no migration gets past is not offered to be looked at: that takes the same', async () => {
  const cause = new StoreStuck('store.db', 'it is malformed', { found: 10, known: 11 })
  const { ways } = await refusalOf(new StartRefused('store', cause.message, { cause }), workspace(edited('PRAGMA user_version = 10')))
  expect(ways).toEqual(['bring_back', 'elsewhere', 'again'])
})

test.each<[StorageFault, boolean]>([
  ['full', false],
  ['read_only', false],
  ['forbidden', false],
  ['held', false],
  ['failing', true],
  ['gone', true],
])('where the store is %s, a backup is only offered where it could be put in its place', async (fault, leads) => {
  const refusal = await refusalOf(refused('store', fault), workspace())
  expect(refusal.ways).toEqual(leads ? ['look', 'bring_back', 'elsewhere', 'again'] : ['look', 'elsewhere', 'again'])
  expect(commandsFor(refusal).join('\n').includes('restore-backup')).toBe(leads)
})
