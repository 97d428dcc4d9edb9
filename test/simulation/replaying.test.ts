import { expect, test } from 'vitest'
import { replayAndCompare, type Tally } from './replaying.ts'

const scale = Number(process.env['CAIRN_SCALE'] ?? '0.1')

test('what a person is told before a replay is what happens', { timeout: 600_000 }, async () => {
  const tally: Tally = new Map()
  const seeds = Math.max(300, Math.round(5_000 * scale))
  for (let seed = 1; seed <= seeds; seed += 1) {
    await replayAndCompare(seed, tally).catch((error: unknown) => {
      throw new Error(`seed ${seed}`, { cause: error })
    })
  }
  expect([...tally.keys()].toSorted()).toEqual(['edited', 'goes on', 'held', 'outside', 'over at once', 'refused', 'renewed', 'undone'])
})
