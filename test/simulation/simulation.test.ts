import { describe, expect, test } from 'vitest'
import { simulate } from './simulate.ts'

const scale = Number(process.env['CAIRN_SCALE'] ?? '0.1')

describe('simulation', () => {
  test('the same seed lives the same life', async () => {
    const lives = await Promise.all([0, 1].map(async () => {
      const entries: string[] = []
      const outcome = await simulate(7, (entry) => entries.push(JSON.stringify(entry)))
      return { outcome, entries }
    }))
    expect(lives[0]?.entries.length).toBeGreaterThan(0)
    expect(lives[1]).toEqual(lives[0])
  })

  test('every run ends and every invariant holds', async () => {
    const seeds = Math.max(20, Math.round(200 * scale))
    for (let seed = 1; seed <= seeds; seed += 1) {
      const { ended } = await simulate(seed)
      expect(Object.keys(ended).every((status) => ['completed', 'failed', 'cancelled'].includes(status))).toBe(true)
    }
  })
})
