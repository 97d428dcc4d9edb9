import { afterEach, expect, test, vi } from 'vitest'
import { goBackAndForth } from './going-back.ts'
import { throughSeeds } from './seeds.ts'

const scale = Number(process.env['CAIRN_SCALE'] ?? '0.1')
const seeds = Math.max(500, Math.round(1_000 * scale))

afterEach(() => {
  vi.doUnmock('../../src/engine/planner/outlook.ts')
  vi.doUnmock('../../src/engine/planner/migration.ts')
  vi.doUnmock('../../src/engine/planner/children-ahead.ts')
  vi.resetModules()
})

test('what a person is told before going back is what happens', async () => {
  expect(await throughSeeds(seeds, goBackAndForth)).toEqual(expect.arrayContaining([
    'a child as told, to the end',
    'a child begins',
    'a child ends',
    'a child is cancelled',
    'a child is undone as told',
    'a child may begin',
    'a child of a child begins',
    'a question is withdrawn',
    'a timer is withdrawn',
    'added',
    'changed',
    'dropped',
    'from another branch',
    'from the end',
    'held',
    'in doubt',
    'in doubt before',
    'inside',
    'migrated',
    'not taken back',
    'outside',
    'paused',
    'refused',
    'stopped',
    'undone',
  ]))
})

test('a step that may run and is left out is found', async () => {
  vi.doMock('../../src/engine/planner/outlook.ts', async (original) => {
    const real = await original<typeof import('../../src/engine/planner/outlook.ts')>()
    const certain: typeof real.outlook = (state) => real.outlook(state).filter((next) => next.certain)
    return { ...real, outlook: certain }
  })
  vi.resetModules()
  const planted = await import('./going-back.ts')
  const found = { cause: { message: expect.stringMatching(/ ran, told /) } }
  await expect(throughSeeds(seeds, planted.goBackAndForth)).rejects.toMatchObject(found)
})

test('a child of a child that is not told of is found', async () => {
  vi.doMock('../../src/engine/planner/children-ahead.ts', async (original) => {
    const real = await original<typeof import('../../src/engine/planner/children-ahead.ts')>()
    const shallow: typeof real.childrenAhead = (...given) => real.childrenAhead(...given).filter(({ path }) => path.length === 1)
    return { ...real, childrenAhead: shallow }
  })
  vi.resetModules()
  const planted = await import('./going-back.ts')
  const found = { cause: { message: expect.stringMatching(/a child of .* > .* began, told /) } }
  await expect(throughSeeds(seeds, planted.goBackAndForth)).rejects.toMatchObject(found)
})

test('what is not taken back any more and is not told is found', async () => {
  vi.doMock('../../src/engine/planner/migration.ts', async (original) => {
    const real = await original<typeof import('../../src/engine/planner/migration.ts')>()
    const silent: typeof real.arrival = (...given) => {
      const there = real.arrival(...given)
      return { ...there, migration: there.migration && { ...there.migration, notTakenBack: [] } }
    }
    return { ...real, arrival: silent }
  })
  vi.resetModules()
  const planted = await import('./going-back.ts')
  const found = { cause: { message: expect.stringMatching(/it happened that .*"notTakenBack":\["/) } }
  await expect(throughSeeds(seeds, planted.goBackAndForth)).rejects.toMatchObject(found)
})
