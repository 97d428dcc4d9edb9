import { expect, test } from 'vitest'
import { replayAndCompare } from './replaying.ts'
import { throughSeeds } from './seeds.ts'

const scale = Number(process.env['CAIRN_SCALE'] ?? '0.1')

test('what a person is told before a replay is what happens', async () => {
  const seeds = Math.max(300, Math.round(2_000 * scale))
  expect(await throughSeeds(seeds, replayAndCompare)).toEqual([
    ...['a child as told, to the end', 'a child begins', 'a child may begin', 'a child of a child begins'],
    ...['added', 'another input and another output', 'armed in doubt', 'armed once more', 'changed', 'dropped', 'edited', 'goes on', 'held', 'migrated', 'migrated and edited'],
    ...['outside', 'over at once', 'refused', 'renewed', 'undone'],
  ])
})
