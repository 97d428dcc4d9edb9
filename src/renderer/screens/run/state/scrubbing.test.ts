import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createScrubbing } from './scrubbing.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

/** A playhead, and an address that is there when the test says so. */
function playhead() {
  const scrubbing = createScrubbing()
  const written: (number | undefined)[] = []
  const arrivals: (() => void)[] = []
  const write = (checkpoint: number | undefined): Promise<void> => {
    written.push(checkpoint)
    return new Promise((resolve) => arrivals.push(resolve))
  }
  const arrive = async (): Promise<void> => {
    arrivals.shift()?.()
    await vi.advanceTimersByTimeAsync(0)
  }
  return { ...scrubbing, written, write, arrive, held: () => scrubbing.store.getState().held }
}

test('while it is dragged it is drawn at once, and the address follows where it rests', async () => {
  const { hold, held, write, written } = playhead()
  for (let number = 0; number <= 500; number += 1) {
    hold(number, write)
    await vi.advanceTimersByTimeAsync(16)
  }
  expect(held()).toEqual({ checkpoint: 500 })
  expect(written).toEqual([])
  await vi.advanceTimersByTimeAsync(1_000)
  expect(written).toEqual([500])
  expect(held()).not.toBeNull()
})

test('let go, it stays where it is until the address is there', async () => {
  const { hold, letGo, held, write, written, arrive } = playhead()
  hold(3, write)
  letGo(4, write)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(written).toEqual([4])
  expect(held()).toEqual({ checkpoint: 4 })
  await arrive()
  expect(held()).toBeNull()
})

test('stepped on by keys, it lets go of itself where it rests', async () => {
  const { step, held, write, written, arrive } = playhead()
  for (let number = 0; number < 40; number += 1) step(number, write)
  expect(held()).toEqual({ checkpoint: 39 })
  await vi.advanceTimersByTimeAsync(1_000)
  await arrive()
  expect(written).toEqual([39])
  expect(held()).toBeNull()
})

test('who takes hold of it again meanwhile keeps it, and given up it writes nothing any more', async () => {
  const { hold, letGo, drop, held, write, written, arrive } = playhead()
  letGo(undefined, write)
  hold(7, write)
  await arrive()
  expect(held()).toEqual({ checkpoint: 7 })
  drop()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(held()).toBeNull()
  expect(written).toEqual([undefined])
})
