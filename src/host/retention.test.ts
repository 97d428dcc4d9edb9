import { expect, test } from 'vitest'
import { ManualClock } from '../../test/conformance/manual-clock.ts'
import { noAmount, type RetentionPolicy, unbounded } from '../model/retention.ts'
import { KeptPast } from './retention.ts'

const hour = 3_600_000
const free: RetentionPolicy = { usual: unbounded, workflows: {} }
const bounded: RetentionPolicy = { usual: { ...unbounded, runs: 10 }, workflows: {} }

test('what is kept goes by the bounds of the moment: set, moved and lifted while the host runs', async () => {
  const clock = new ManualClock()
  const bounds = { policy: free, every: hour }
  const removals: RetentionPolicy[] = []
  let ended = (): void => undefined
  const past = new KeptPast({
    clock,
    bounds: () => bounds,
    damaged: () => [],
    notification: { committed: () => undefined, signalled: () => undefined, troubled: () => undefined },
    store: {
      retention: {
        plan: () => Promise.reject(new Error('nobody asked')),
        async apply({ policy }) {
          removals.push(policy)
          await new Promise<void>((resolve) => {
            ended = resolve
          })
          return { removed: noAmount, left: 0, returned: 0, givesBack: true }
        },
      },
    },
  })
  past.begin()
  expect(clock.pending).toBe(0)
  bounds.policy = bounded
  past.begin()
  clock.advance(hour)
  expect(removals).toEqual([bounded])

  bounds.every = 2 * hour
  past.begin()
  expect(clock.pending).toBe(0)
  ended()
  await expect.poll(() => clock.pending).toBe(1)
  clock.advance(hour)
  expect(removals).toHaveLength(1)
  bounds.policy = free
  past.begin()
  clock.advance(2 * hour)
  expect([removals.length, clock.pending]).toEqual([1, 0])
})
