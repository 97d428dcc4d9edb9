import { cpSync, rmSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sampleHostEntry } from '../../../test/conformance/samples.ts'
import { ScratchStore } from '../../../test/conformance/scratch-store.ts'
import { storePaths } from '../../store/paths.ts'
import { anchorWithUser, forgetUserAnchor, userAlarm } from './user-anchor.ts'

let scratch: ScratchStore
let folder: string
/** No two entries are the same: a journal that is written once more is another. */
let made = 0
beforeEach(() => {
  scratch = new ScratchStore()
  folder = storePaths(scratch.workspace).folder
})
afterEach(async () => {
  forgetUserAnchor(scratch.workspace)
  await scratch.remove()
})

/** Opens the store, lets it grow, and answers what is said of it meanwhile: by the anchor beside it, and by its user's. */
async function opened(entries: number, remembers = true): Promise<readonly (string | undefined)[]> {
  const store = await scratch.open()
  const said = [store.alarm?.name, userAlarm(scratch.workspace, store)?.name]
  for (let count = 0; count < entries; count += 1) await store.storage.record(sampleHostEntry({ kind: 'host', name: `entry ${(made += 1)}` }))
  if (remembers) anchorWithUser(scratch.workspace, store)
  await scratch.shut()
  return said
}

const none = [undefined, undefined]

test('a store that is put back with the anchor beside it is noticed, by whoever opens it, until it is there again', async () => {
  await opened(2)
  cpSync(folder, `${folder}.old`, { recursive: true })
  expect(await opened(3)).toEqual(none)
  cpSync(folder, `${folder}.newer`, { recursive: true })

  cpSync(`${folder}.old`, folder, { recursive: true })
  for (const entries of [0, 9, 1]) expect(await opened(entries)).toEqual([undefined, 'StorePutBack'])
  rmSync(folder, { recursive: true })
  cpSync(`${folder}.newer`, folder, { recursive: true })
  expect(await opened(1)).toEqual(none)

  cpSync(`${folder}.old`, folder, { recursive: true })
  forgetUserAnchor(scratch.workspace)
  expect(await opened(1)).toEqual(none)
})

test('nothing is said of a store that has gone on since, nor of another at the same place', async () => {
  expect(await opened(2)).toEqual(none)
  expect(await opened(5, false)).toEqual(none)
  expect(await opened(1)).toEqual(none)
  rmSync(folder, { recursive: true })
  expect(await opened(1)).toEqual(none)
  expect(await opened(1)).toEqual(none)
})
