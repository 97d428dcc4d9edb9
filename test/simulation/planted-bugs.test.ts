/**
 * Each planted bug is found by the seed that is known to find it, else by a search of all. `npm run simulate -- --planted` searches
 * from the first seed on and says which finds it.
 */
import { afterEach, describe, expect, test, vi } from 'vitest'
import { bugs } from './bugs.ts'
import type { Life } from './bugs/bug.ts'
import { Tally } from './seeds.ts'

const searches = process.env['CAIRN_SEARCH_FROM'] !== undefined
const from = Number(process.env['CAIRN_SEARCH_FROM'] ?? 1)
const seeds = Number(process.env['CAIRN_SEARCH_SEEDS'] ?? 1_000)

interface Finding {
  readonly seed: number
  readonly says: string
}

/** Imported anew for each bug, that what is planted is in them. */
const lives: Readonly<Record<Life, () => Promise<(seed: number) => Promise<unknown>>>> = {
  all: async () => (await import('./simulate.ts')).simulate,
  'going back': async () => {
    const { goBackAndForth } = await import('./going-back.ts')
    return (seed) => goBackAndForth(seed, new Tally())
  },
  'a replay': async () => {
    const { replayAndCompare } = await import('./replaying.ts')
    return (seed) => replayAndCompare(seed, new Tally())
  },
}

async function firstFinding(life: Life, known: number): Promise<Finding | undefined> {
  const live = await lives[life]()
  for (const seed of searches ? seedsFrom(from) : [known, ...seedsFrom(1)]) {
    try {
      await live(seed)
    } catch (error) {
      return { seed, says: error instanceof Error ? error.message : String(error) }
    }
  }
  return undefined
}

function* seedsFrom(first: number): Generator<number> {
  for (let seed = first; seed < first + seeds; seed += 1) yield seed
}

const pathOf = (module: string): string => new URL(`../../src/engine/${module}`, import.meta.url).pathname

afterEach(() => {
  for (const { plants } of bugs) for (const { module } of plants) vi.doUnmock(pathOf(module))
  vi.resetModules()
})

describe('a planted bug is found', () => {
  test.each(bugs)('$name', async ({ name, life = 'all', plants, found, seed }) => {
    for (const { module, instead } of plants) vi.doMock(pathOf(module), async (original) => instead(await original<object>()))
    const finding = await firstFinding(life, seed)
    expect(finding?.says).toMatch(found)
    if (searches || finding?.seed !== seed) process.stdout.write(`${name}: seed ${finding?.seed} finds it\n`)
  })

  test('and none is found where none is planted', async () => {
    const { simulate } = await import('./simulate.ts')
    for (let seed = 1; seed <= 50; seed += 1) await simulate(seed)
  })
})
