import { expect, test } from 'vitest'
import { rollBackAndOn } from './rolling-back.ts'
import { throughSeeds } from './seeds.ts'

const scale = Number(process.env['CAIRN_SCALE'] ?? '0.1')

test('rolling back leads to what was told', async () => {
  const met = await throughSeeds(Math.max(200, Math.round(300 * scale)), rollBackAndOn)
  expect(met).toEqual(expect.arrayContaining(['nothing to undo', 'refused', 'stands', 'undone', 'waited', 'withdrawn']))
})
