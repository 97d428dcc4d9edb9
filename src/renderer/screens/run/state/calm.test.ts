import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { create } from 'zustand'
import { keepCalm } from './calm.ts'
import type { Following } from './following.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }))
afterEach(() => void vi.useRealTimers())

const nothing: Following = { phase: 'loading', problem: null, removed: null, run: undefined, checkpoints: [], damaged: [], unread: null, branches: [] }

/** A store that changes, one that is kept as it is, and all that was to be seen of the latter. */
function kept() {
  const store = create<Following>()(() => nothing)
  const calm = create<Following>()(() => store.getState())
  const end = keepCalm(calm, store)
  vi.advanceTimersByTime(1_000)
  const seen: (string | null)[] = []
  calm.subscribe(({ problem }) => seen.push(problem?.message ?? null))
  const change = (problem: string): void => store.setState({ problem: new Error(problem) })
  return { store, calm, seen, change, end }
}

test('a change after a pause is shown at once', () => {
  const { seen, change } = kept()
  change('a')
  vi.advanceTimersByTime(1)
  expect(seen).toEqual(['a'])
})

test('of many changes few are shown, and always the last', () => {
  const { store, calm, seen, change } = kept()
  for (let count = 1; count <= 100; count++) {
    change(String(count))
    vi.advanceTimersByTime(10)
  }
  expect(seen.length).toBeLessThanOrEqual(5)
  vi.advanceTimersByTime(250)
  expect(seen.at(-1)).toBe('100')
  expect(calm.getState()).toEqual(store.getState())
})

test('what does not change is not shown again', () => {
  const { seen } = kept()
  vi.advanceTimersByTime(10_000)
  expect(seen).toEqual([])
})

test('what had changed before it was kept is made up for', () => {
  const store = create<Following>()(() => nothing)
  const calm = create<Following>()(() => store.getState())
  store.setState({ problem: new Error('between') })
  keepCalm(calm, store)
  vi.advanceTimersByTime(250)
  expect(calm.getState().problem).toEqual(new Error('between'))
})

test('once it has ended nothing is shown any more, not even what was on its way', () => {
  const { seen, change, end } = kept()
  change('a')
  end()
  change('b')
  vi.advanceTimersByTime(1_000)
  expect(seen).toEqual([])
})
