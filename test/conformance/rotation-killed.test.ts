/** A process that is killed while it gives a store another key: the store is opened with the one or with the other, and all of it. */
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readConfig } from '../../src/host/config/config.ts'
import { keyFor, nextOf, settleKey } from '../../src/host/workspace/key.ts'
import { makeKeyFile, readKeyFile } from '../../src/host/workspace/key-file.ts'
import { layoutOf } from '../../src/host/workspace/layout.ts'
import { KeyRefused } from '../../src/model/storage-errors.ts'
import { keyringIn } from '../../src/store/crypt/peek.ts'
import { fingerprintOf, type WorkspaceKey } from '../../src/store/crypt/workspace-key.ts'
import { storePaths } from '../../src/store/paths.ts'
import { Child } from './child.ts'
import { SampleRun, sampleRevision } from './samples.ts'
import { ScratchStore } from './scratch-store.ts'

let scratch: ScratchStore
let file: string
let former: WorkspaceKey

beforeEach(async () => {
  scratch = new ScratchStore()
  const { root, config, workflows } = layoutOf(scratch.workspace)
  file = join(root, 'key')
  mkdirSync(workflows)
  writeFileSync(config, 'store:\n  key_file: key\n')
  await makeKeyFile(file)
  former = readKeyFile(file)
  const { storage } = await scratch.open({ key: former })
  await storage.saveRevision(sampleRevision)
  for (const number of [1, 2, 3]) await storage.commit(new SampleRun(storage, number).create())
  await scratch.shut()
})
afterEach(() => scratch.remove())

async function killed(point: string): Promise<void> {
  const child = new Child('rotating.ts', scratch.workspace, point)
  await child.rest()
  expect(child.signal).toBe('SIGKILL')
}

/** As a host does. */
async function key(): Promise<WorkspaceKey> {
  const layout = layoutOf(scratch.workspace)
  const { store } = readConfig(layout.config)
  const looking = await keyFor(layout, store)
  await settleKey(layout, store)
  const found = (await keyFor(layout, store)) ?? expect.fail('there is no key')
  expect(looking?.equals(found)).toBe(true)
  expect(existsSync(nextOf(file))).toBe(false)
  return found
}

async function isWhole(given: WorkspaceKey): Promise<void> {
  const store = await scratch.open({ key: given })
  expect(store.keyring?.fingerprint).toBe(fingerprintOf(given))
  expect(store.alarm).toBeNull()
  expect(await store.verify()).toMatchObject({ findings: [], checked: { runs: 3 } })
  await scratch.shut()
}

test.each(['the next key begun', 'the next key made', 'among its keys', 'all keys wrapped'])('with %s, the key is the one before', async (point) => {
  await killed(point)
  expect((await key()).equals(former)).toBe(true)
  await isWhole(former)
})

test.each(['committed', 'before the rename', 'after the rename'])('%s, it is the next, and the one before is refused', async (point) => {
  copyFileSync(file, `${file}.before`)
  await killed(point)
  const next = await key()
  expect(next.equals(former)).toBe(false)
  await isWhole(next)
  await expect(scratch.open({ key: readKeyFile(`${file}.before`) })).rejects.toThrow(KeyRefused)
  expect(keyringIn(storePaths(scratch.workspace).store)?.fingerprint).toBe(fingerprintOf(next))
})
