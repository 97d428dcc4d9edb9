import { describe, expect, it } from 'vitest'
import { systemClock } from './clock.ts'

const fired = (instant: number): Promise<number> =>
  new Promise((resolve) => systemClock.at(instant, () => resolve(systemClock.now())))

describe('the system clock', () => {
  it('never calls before the instant', async () => {
    const start = systemClock.now()
    const instants = Array.from({ length: 60 }, (_, index) => start + index)
    const calls = await Promise.all(instants.map(fired))
    calls.forEach((at, index) => expect(at).toBeGreaterThanOrEqual(instants[index] ?? Infinity))
  })

  it('calls for an instant that is past, but not at once', async () => {
    let called = false
    const past = new Promise<void>((resolve) => {
      systemClock.at(0, () => {
        called = true
        resolve()
      })
    })
    expect(called).toBe(false)
    await past
  })

  it('does not take an instant beyond 2^31 ms for one that is now', async () => {
    const calls: string[] = []
    const cancel = systemClock.at(systemClock.now() + 2 ** 32, () => calls.push('far'))
    await fired(systemClock.now() + 20)
    cancel()
    expect(calls).toEqual([])
  })

  it('takes a timer back', async () => {
    const calls: string[] = []
    const soon = systemClock.now() + 5
    systemClock.at(soon, () => calls.push('cancelled'))()
    await fired(soon + 10)
    expect(calls).toEqual([])
  })
})
