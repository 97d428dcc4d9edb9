import { mkdir, mkdtemp, readFile, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { trustStore } from './trust.ts'

let home: string
let file: string
let folder: string

beforeEach(async () => {
  home = await realpath(await mkdtemp(join(tmpdir(), 'cairn-trust-')))
  file = join(home, 'settings', 'trusted.json')
  folder = join(home, 'workspace')
  await mkdir(join(folder, 'inner'), { recursive: true })
})

afterEach(() => rm(home, { recursive: true, force: true }))

test('nobody is trusted before a person says so, and the folder is remembered', async () => {
  const store = trustStore(file)
  expect(await store.isTrusted(folder)).toBe(false)
  await store.trust(folder)
  expect(await store.isTrusted(folder)).toBe(true)
  expect(await trustStore(file).isTrusted(folder)).toBe(true)
})

test('a folder is known by its real path, and trust does not spread', async () => {
  const store = trustStore(file)
  await symlink(folder, join(home, 'link'))
  await store.trust(join(home, 'link'))
  expect(await store.isTrusted(folder)).toBe(true)
  expect(await store.isTrusted(join(home, 'link', '.', ''))).toBe(true)
  expect(await store.isTrusted(join(folder, 'inner'))).toBe(false)
  expect(await store.isTrusted(home)).toBe(false)
})

test('a folder that is not there is not trusted, and that keeps nobody else from it', async () => {
  const store = trustStore(file)
  await rm(folder, { recursive: true })
  expect(await store.isTrusted(folder)).toBe(false)
  await expect(store.trust(folder)).rejects.toThrow('ENOENT')
  await store.trust(home)
  expect(await store.isTrusted(home)).toBe(true)
})

test('only the user may read the file', async () => {
  await trustStore(file).trust(folder)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
})

test('a garbled file trusts nobody, and is made whole by the next trust', async () => {
  const store = trustStore(file)
  await store.trust(folder)
  await writeFile(file, '{"folders": "all"}')
  expect(await store.isTrusted(folder)).toBe(false)
  await store.trust(folder)
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ folders: [folder] })
})

test('two at once are both remembered', async () => {
  const store = trustStore(file)
  await Promise.all([store.trust(folder), store.trust(home), store.trust(join(folder, 'inner'))])
  for (const one of [folder, home, join(folder, 'inner')]) expect(await store.isTrusted(one)).toBe(true)
})
