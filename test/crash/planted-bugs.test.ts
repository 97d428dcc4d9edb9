/** Bugs planted into store and engine, one at a time. A harness that does not find them proves nothing. */
import { readFileSync } from 'node:fs'
import { afterEach, expect, test, vi } from 'vitest'
import { storePaths } from '../../src/store/paths.ts'
import { Child } from '../conformance/child.ts'
import { fillWithEveryKind } from '../conformance/damage/every-kind.ts'
import { ScratchStore } from '../conformance/scratch-store.ts'
import { isAccountedFor } from './accounted.ts'
import { LightHosts } from './light-host.ts'

const patience = 300_000

function plant(bug: string): void {
  Child.importing = [new URL(`./bugs/${bug}.ts`, import.meta.url).href]
  Child.errors = 'ignore'
}

afterEach(() => {
  Child.importing = []
  Child.errors = 'inherit'
  vi.doUnmock('../../src/store/format/sha256.ts')
  vi.resetModules()
})

/** Kills hosts in the middle of commits until something is wrong with what they leave; answers what. */
async function firstFault(kills: number): Promise<string | undefined> {
  const hosts = new LightHosts()
  try {
    for (let kill = 1; kill <= kills; kill += 1) {
      await hosts.rest(await hosts.start({ runs: 8, point: 'before COMMIT', nth: 5 * kill }))
    }
    await isAccountedFor(hosts)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  } finally {
    await hosts.scratch.remove()
  }
}

test('what is made ready begins before it is committed', async () => {
  plant('begin-before-commit')
  expect(await firstFault(6)).toMatch(/begun|completed twice|touched twice/)
}, patience)

test('without it, the same kills find nothing', async () => {
  expect(await firstFault(6)).toBeUndefined()
}, patience)

/** How many of two hosts that are started in one workspace open its store. */
async function hostsAtWork(): Promise<number> {
  const hosts = new LightHosts()
  const both = [await hosts.start({ runs: 1 }), await hosts.start({ runs: 1 })]
  for (const host of both) await host.kill()
  await hosts.scratch.remove()
  return hosts.opened
}

test('whoever comes owns the workspace', async () => {
  Child.errors = 'ignore'
  expect(await hostsAtWork()).toBe(1)
  plant('without-owner')
  expect(await hostsAtWork()).toBe(2)
}, patience)

test('what makes a commit last through a power cut is not set', async () => {
  plant('without-full')
  const hosts = new LightHosts()
  const host = await hosts.start({ runs: 1 })
  expect(await host.rest()).toEqual([])
  expect(host.exitCode).toBe(1)
  await hosts.scratch.remove()
}, patience)

test('a checksum is not compared', async () => {
  const scratch = new ScratchStore()
  await fillWithEveryKind(await scratch.open({ durability: 'normal' }), scratch.clock)
  await scratch.shut()
  const { store, anchor } = storePaths(scratch.workspace)
  const file = readFileSync(store)
  vi.resetModules()
  vi.doMock('../../src/store/format/sha256.ts', async (original) => ({
    ...(await original<typeof import('../../src/store/format/sha256.ts')>()),
    sameBytes: () => true,
  }))
  const { Image } = await import('../conformance/damage/image.ts')
  const image = new Image(file, anchor)
  const judgeAll = (): void => {
    for (let place = 100; place < image.bytes.length; place += 1_009) {
      const bytes = Buffer.from(image.bytes)
      bytes[place] = (bytes[place] ?? 0) ^ 1
      image.judged(bytes)
    }
  }
  expect(judgeAll).toThrow(/^missed/)
  await scratch.remove()
}, patience)
