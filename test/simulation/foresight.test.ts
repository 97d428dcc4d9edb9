import { expect, test } from 'vitest'
import { foresee } from './foresight.ts'
import { throughSeeds } from './seeds.ts'

const scale = Number(process.env['CAIRN_SCALE'] ?? '0.1')

test('what a person is told before a decision is what happens', async () => {
  const seeds = Math.max(500, Math.round(5_000 * scale))
  expect(await throughSeeds(seeds, foresee)).toEqual(expect.arrayContaining([
    'a child as told, to the end',
    'a child begins',
    'a child ends',
    'a child goes_on',
    'a child is undone as told',
    'a child may begin',
    'a child of a child begins',
    'done before',
    'ends',
    'goes_back',
    'goes_on',
    'held',
    'held to the end',
    'loops_back',
    'refused',
  ]))
})
