import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createScrubbing } from './scrubbing.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

/** A playhead, frames that pass and an address that is there when the test says so. */
function playhead() {
  const asked = new Map<number, () => void>()
  let frames = 0
  const scrubbing = createScrubbing({
    request: (act) => {
      asked.set((frames += 1), act)
      return frames
    },
    cancel: (frame) => void asked.delete(frame),
  })
  const pass = async (): Promise<void> => {
    const due = [...asked.values()]
    asked.clear()
    for (const act of due) act()
    await vi.advanceTimersByTimeAsync(16)
  }
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
  const held = () => scrubbing.store.getState().held
  return { ...scrubbing, written, write, pass, arrive, held, isOnItsWay: () => scrubbing.store.getState().isOnItsWay }
}

const inAll = (checkpoint: number | undefined) => ({ timeline: { checkpoint }, graph: { checkpoint }, inspector: { checkpoint } })
const nowhere = { timeline: null, graph: null, inspector: null }

test('while it is dragged the timeline goes with it, and the address follows where it rests', async () => {
  const { hold, pass, held, write, written } = playhead()
  for (let number = 0; number <= 500; number += 1) {
    hold(number, write)
    await pass()
    expect(held().timeline).toEqual({ checkpoint: number })
  }
  expect(written).toEqual([])
  await pass()
  await pass()
  expect(written).toEqual([])
  await vi.advanceTimersByTimeAsync(1_000)
  expect(written).toEqual([500])
  expect(held()).toEqual(inAll(500))
})

test('graph and inspector come up to it by turns, show nothing that is older than a frame, and agree where it stands still', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.option(fc.integer({ min: 0, max: 9 }), { nil: 'still' as const }), { maxLength: 40 }), async (moves) => {
      const { hold, pass, held, write } = playhead()
      for (const move of moves) {
        if (move !== 'still') hold(move, write)
        const before = held()
        await pass()
        const { timeline, graph, inspector } = held()
        if (move === 'still') {
          expect([graph, inspector]).toEqual([timeline, timeline])
          continue
        }
        expect(timeline).toEqual({ checkpoint: move })
        expect([graph, inspector].filter((part) => part === timeline)).toHaveLength(1)
        for (const part of [graph, inspector]) expect([timeline, before.timeline]).toContain(part)
      }
    }),
  )
})

test('it is on its way until a frame passes in which it is not moved', async () => {
  const { hold, pass, isOnItsWay, write } = playhead()
  for (const number of [1, 2, 3]) {
    hold(number, write)
    await pass()
    expect(isOnItsWay()).toBe(true)
  }
  await pass()
  expect(isOnItsWay()).toBe(true)
  await pass()
  expect(isOnItsWay()).toBe(false)
})

test('let go, it stays where it is until the address is there', async () => {
  const { hold, letGo, held, write, written, arrive } = playhead()
  hold(3, write)
  letGo(4, write)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(written).toEqual([4])
  expect(held()).toEqual(inAll(4))
  await arrive()
  expect(held()).toEqual(nowhere)
})

test('stepped on by keys, it lets go of itself where it rests', async () => {
  const { step, held, write, written, arrive } = playhead()
  for (let number = 0; number < 40; number += 1) step(number, write)
  expect(held()).toEqual(inAll(39))
  await vi.advanceTimersByTimeAsync(1_000)
  await arrive()
  expect(written).toEqual([39])
  expect(held()).toEqual(nowhere)
})

test('who takes hold of it again meanwhile keeps it, and given up it writes nothing any more', async () => {
  const { hold, pass, letGo, drop, held, write, written, arrive } = playhead()
  letGo(undefined, write)
  hold(7, write)
  await arrive()
  await pass()
  await pass()
  expect(held()).toEqual(inAll(7))
  drop()
  await pass()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(held()).toEqual(nowhere)
  expect(written).toEqual([undefined])
})
