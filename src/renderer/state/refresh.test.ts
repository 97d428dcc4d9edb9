import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Topic } from './queries.ts'
import { createRefresher } from './refresh.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const runs: ReadonlySet<Topic> = new Set(['runs'])

/** A query on the screen whose reads end when the test says so; they answer how many there were. */
function shown(follows: readonly Topic[], pace?: number) {
  const queries = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity, retry: false } } })
  const reads: (() => void)[] = []
  const observer = new QueryObserver(queries, {
    queryKey: ['shown'],
    queryFn: ({ signal }) =>
      new Promise<number>((resolve, reject) => {
        const number = reads.push(() => resolve(number))
        signal.addEventListener('abort', () => reject(new Error('aborted')))
      }),
    meta: pace === undefined ? { follows } : { follows, pace },
  })
  observer.subscribe(() => {})
  const answer = async (): Promise<unknown> => {
    reads.at(-1)?.()
    await vi.advanceTimersByTimeAsync(1)
    return observer.getCurrentResult().data
  }
  return { reads, answer, touch: createRefresher(queries) }
}

test('what is touched is read again at once, and then once per pace', async () => {
  const { reads, answer, touch } = shown(['runs'])
  await answer()
  touch(runs)
  expect(reads).toHaveLength(2)
  await answer()
  for (let n = 0; n < 50; n++) touch(runs)
  expect(reads).toHaveLength(2)
  await vi.advanceTimersByTimeAsync(400)
  expect(reads).toHaveLength(3)
  await answer()
  await vi.advanceTimersByTimeAsync(4_000)
  expect(reads).toHaveLength(3)
})

test('what takes longer than the pace has its answer while touches go on, and is read again for the last of them', async () => {
  const { reads, answer, touch } = shown(['runs'])
  await answer()
  for (let n = 0; n < 10; n++) {
    touch(runs)
    await vi.advanceTimersByTimeAsync(300)
  }
  expect(reads).toHaveLength(2)
  expect(await answer()).toBe(2)
  await vi.advanceTimersByTimeAsync(2_000)
  expect(reads).toHaveLength(3)
  expect(await answer()).toBe(3)
})

test('what takes long rests for long', async () => {
  const { reads, answer, touch } = shown(['runs'])
  await answer()
  touch(runs)
  await vi.advanceTimersByTimeAsync(300)
  await answer()
  touch(runs)
  await vi.advanceTimersByTimeAsync(800)
  expect(reads).toHaveLength(2)
  await vi.advanceTimersByTimeAsync(200)
  expect(reads).toHaveLength(3)
})

test('a query keeps a pace of its own', async () => {
  const { reads, answer, touch } = shown(['runs'], 2_000)
  await answer()
  touch(runs)
  await answer()
  touch(runs)
  await vi.advanceTimersByTimeAsync(1_900)
  expect(reads).toHaveLength(2)
  await vi.advanceTimersByTimeAsync(100)
  expect(reads).toHaveLength(3)
})

test('what was being read already when it was touched is read again', async () => {
  const { reads, answer, touch } = shown(['runs'])
  touch(runs)
  expect(reads).toHaveLength(1)
  await answer()
  await vi.advanceTimersByTimeAsync(400)
  expect(reads).toHaveLength(2)
})

test('what follows another topic is left alone', async () => {
  const { reads, answer, touch } = shown(['mail'])
  await answer()
  touch(runs)
  expect(reads).toHaveLength(1)
})
