/** A backup that was made with a key of before is brought back with that, wherever the key of a workspace is. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readConfig } from '../../src/host/config/config.ts'
import { bringBack } from '../../src/host/offline-backup.ts'
import { rotateKey } from '../../src/host/rotate-key.ts'
import { keyFor, settleKey } from '../../src/host/workspace/key.ts'
import { makeKeyFile } from '../../src/host/workspace/key-file.ts'
import { keptOf, nextOf } from '../../src/host/workspace/key-place.ts'
import { layoutOf } from '../../src/host/workspace/layout.ts'
import { copyStore } from '../../src/store/backup/copy-store.ts'
import { fingerprintOf, type WorkspaceKey } from '../../src/store/crypt/workspace-key.ts'
import { storePaths } from '../../src/store/paths.ts'
import { fileOf, homes, settings, sourcesOf } from './keys.ts'
import { SampleRun, sampleRevision } from './samples.ts'
import { ScratchStore } from './scratch-store.ts'

const told = (): void => undefined

describe.each(homes)('with its key in a %s', (home) => {
  const keys = sourcesOf(home)
  let scratch: ScratchStore
  let backup: string
  let former: WorkspaceKey

  beforeEach(async () => {
    scratch = new ScratchStore()
    const { config, workflows } = layoutOf(scratch.workspace)
    mkdirSync(workflows)
    writeFileSync(config, settings[home])
    if (home === 'file') await makeKeyFile(fileOf(home, scratch.workspace))
    former = await found()
    const { storage } = await scratch.open({ key: former })
    await storage.saveRevision(sampleRevision)
    await storage.commit(new SampleRun(storage, 1).create())
    await scratch.shut()
    backup = join(scratch.workspace, 'backup.db')
    await copyStore(storePaths(scratch.workspace).store, backup, { key: former, told, goOn: told })
    await rotateKey(scratch.workspace, { ...(keys !== undefined && { keys }) })
  })
  afterEach(() => scratch.remove())

  async function found(): Promise<WorkspaceKey> {
    const layout = layoutOf(scratch.workspace)
    return (await keyFor(layout, readConfig(layout.config).store, keys)) ?? expect.fail('there is no key')
  }

  test.each([
    ['over a store that is whole', settings[home], (): void => undefined],
    ['over one that says nothing of its key, with settings that do not', home === 'file' ? settings.file : '', damage],
  ])('%s', async (_, text, done) => {
    writeFileSync(layoutOf(scratch.workspace).config, text)
    done()
    await bringBack(scratch.workspace, backup, told, keys)
    const key = await found()
    expect(key.equals(former)).toBe(true)
    const store = await scratch.open({ key })
    expect(store.alarm).toBeNull()
    expect(await store.verify()).toMatchObject({ findings: [], checked: { runs: 1 } })
    await scratch.shut()
    // Replaced again, neither of the two that were is lost.
    const { kept } = await rotateKey(scratch.workspace, { ...(keys !== undefined && { keys }) })
    expect(kept).toContain(fingerprintOf(former))
    expect((await found()).equals(former)).toBe(false)
  })

  test('while the key was being replaced: what is put aside for it opens, too', async () => {
    const file = fileOf(home, scratch.workspace)
    const layout = layoutOf(scratch.workspace)
    const next = await found()
    // As a process leaves it that was killed once the store was wrapped by the next key.
    renameSync(file, nextOf({ file }))
    renameSync(keptOf({ file }, fingerprintOf(former)), file)
    const { kept } = await bringBack(scratch.workspace, backup, told, keys)
    await settleKey(layout, readConfig(layout.config).store, keys)
    expect((await found()).equals(former)).toBe(true)
    expect(existsSync(nextOf({ file }))).toBe(false)
    const aside = await keyFor(layout, readConfig(layout.config).store, keys, kept ?? expect.fail('nothing was put aside'))
    expect(aside?.equals(next)).toBe(true)
  })

  function damage(): void {
    const { store } = storePaths(scratch.workspace)
    writeFileSync(store, readFileSync(store).subarray(0, 5_000))
  }
})
