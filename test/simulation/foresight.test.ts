import { expect, test } from 'vitest'
import { foresee, type Tally } from './foresight.ts'

const scale = Number(process.env['CAIRN_SCALE'] ?? '0.1')

test('what a person is told before a decision is what happens', { timeout: 600_000 }, async () => {
  const tally: Tally = new Map()
  const seeds = Math.max(500, Math.round(10_000 * scale))
  for (let seed = 1; seed <= seeds; seed += 1) {
    await foresee(seed, tally).catch((error: unknown) => {
      throw new Error(`seed ${seed}`, { cause: error })
    })
  }
  expect([...tally.keys()].toSorted()).toEqual(['ends', 'goes_on', 'held', 'held to the end', 'loops_back', 'refused'])
})
