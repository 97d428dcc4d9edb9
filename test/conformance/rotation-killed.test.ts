/** A process that is killed while it gives a store another key: the store is opened with the one or with the other, and all of it. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readConfig } from '../../src/host/config/config.ts'
import { rotateKey } from '../../src/host/rotate-key.ts'
import { keyFor, settleKey } from '../../src/host/workspace/key.ts'
import { makeKeyFile } from '../../src/host/workspace/key-file.ts'
import { keptOf, nextOf } from '../../src/host/workspace/key-place.ts'
import { layoutOf } from '../../src/host/workspace/layout.ts'
import { KeyRefused } from '../../src/model/storage-errors.ts'
import { keyringIn } from '../../src/store/crypt/peek.ts'
import { fingerprintOf, type WorkspaceKey } from '../../src/store/crypt/workspace-key.ts'
import { storePaths } from '../../src/store/paths.ts'
import { Child } from './child.ts'
import { fileOf, homes, settings, sourcesOf } from './keys.ts'
import { SampleRun, sampleRevision } from './samples.ts'
import { ScratchStore } from './scratch-store.ts'

describe.each(homes)('a key in a %s', (home) => {
  const sources = sourcesOf(home)
  let scratch: ScratchStore
  let file: string
  let former: WorkspaceKey

  beforeEach(async () => {
    scratch = new ScratchStore()
    const { config, workflows } = layoutOf(scratch.workspace)
    file = fileOf(home, scratch.workspace)
    mkdirSync(workflows)
    writeFileSync(config, settings[home])
    if (home === 'file') await makeKeyFile(file)
    former = await found()
    const { storage } = await scratch.open({ key: former })
    await storage.saveRevision(sampleRevision)
    for (const number of [1, 2, 3]) await storage.commit(new SampleRun(storage, number).create())
    await scratch.shut()
  })
  afterEach(() => scratch.remove())

  async function found(): Promise<WorkspaceKey> {
    const layout = layoutOf(scratch.workspace)
    return (await keyFor(layout, readConfig(layout.config).store, sources)) ?? expect.fail('there is no key')
  }

  async function killed(point: string): Promise<void> {
    const child = new Child('rotating.ts', scratch.workspace, home, point)
    await child.rest()
    expect(child.signal).toBe('SIGKILL')
  }

  /** As a host does. */
  async function settled(): Promise<WorkspaceKey> {
    const layout = layoutOf(scratch.workspace)
    const looking = await found()
    await settleKey(layout, readConfig(layout.config).store, sources)
    const key = await found()
    expect(looking.equals(key)).toBe(true)
    expect(existsSync(nextOf({ file }))).toBe(false)
    return key
  }

  async function isWhole(given: WorkspaceKey): Promise<void> {
    const store = await scratch.open({ key: given })
    expect(store.keyring?.fingerprint).toBe(fingerprintOf(given))
    expect(store.alarm).toBeNull()
    expect(await store.verify()).toMatchObject({ findings: [], checked: { runs: 3 } })
    await scratch.shut()
  }

  async function canRotate(): Promise<void> {
    const { fingerprint } = await rotateKey(scratch.workspace, sources === undefined ? {} : { keys: sources })
    expect(fingerprintOf(await found())).toBe(fingerprint)
    await isWhole(await found())
  }

  const keysThere = (): string[] => readdirSync(dirname(file)).filter((name) => name.startsWith(`${basename(file)}.`))

  test.each(['the next key begun', 'the next key made', 'among its keys', 'all keys wrapped'])('with %s, it is the one before', async (point) => {
    await killed(point)
    expect((await settled()).equals(former)).toBe(true)
    await isWhole(former)
    await canRotate()
  })

  test.each(['committed', 'before the one before is kept', 'before the rename', 'after the rename'])(
    '%s, it is the next, and the one before is refused and kept',
    async (point) => {
      await killed(point)
      const next = await settled()
      expect(next.equals(former)).toBe(false)
      await isWhole(next)
      await expect(scratch.open({ key: former })).rejects.toThrow(KeyRefused)
      expect(keyringIn(storePaths(scratch.workspace).store)?.fingerprint).toBe(fingerprintOf(next))
      expect(keysThere()).toEqual([basename(keptOf({ file }, fingerprintOf(former)))])
    },
  )

  test('that was cut off as it was made keeps no store from being opened', async () => {
    writeFileSync(nextOf({ file }), 'cut', { mode: 0o600 })
    expect((await settled()).equals(former)).toBe(true)
    await canRotate()
  })
})
