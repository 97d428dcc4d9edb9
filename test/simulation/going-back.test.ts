import { expect, test } from 'vitest'
import { goBackAndForth, type Tally } from './going-back.ts'

const scale = Number(process.env['CAIRN_SCALE'] ?? '0.1')

test('what a person is told before going back is what happens', { timeout: 600_000 }, async () => {
  const tally: Tally = new Map()
  const seeds = Math.max(500, Math.round(10_000 * scale))
  for (let seed = 1; seed <= seeds; seed += 1) {
    await goBackAndForth(seed, tally).catch((error: unknown) => {
      throw new Error(`seed ${seed}`, { cause: error })
    })
  }
  expect([...tally.keys()].toSorted()).toEqual([
    'from another branch',
    'from the end',
    'held',
    'in doubt',
    'inside',
    'outside',
    'paused',
    'refused',
    'stopped',
    'undone',
  ])
})
