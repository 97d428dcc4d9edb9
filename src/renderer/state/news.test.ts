import { expect, test } from 'vitest'
import type { RunId } from '../../model/ids.ts'
import type { RunSummary } from '../../model/views.ts'
import { runOf } from '../screens/runs/summary.fixture.ts'
import { newest, standsElsewhere } from './news.ts'

const news = (...runs: readonly RunSummary[]): ReadonlyMap<RunId, RunSummary> => new Map(runs.map((run) => [run.id, run]))
const before = { runs: news(runOf(1), runOf(2, { status: 'waiting', waiting: 'timer' })) }

test.each<readonly [string, RunSummary, boolean]>([
  ['a run that was not known', runOf(3), true],
  ['one of another status', runOf(1, { version: 2, status: 'completed' }), true],
  ['one that waits for something else', runOf(2, { version: 2, status: 'waiting', waiting: 'decision' }), true],
  ['one that waits no longer', runOf(2, { version: 2 }), true],
  ['one that is a checkpoint further', runOf(1, { version: 2, checkpoints: 7 }), false],
  ['one that waits on', runOf(2, { version: 2, status: 'waiting', waiting: 'timer', attempts: 2 }), false],
])('%s: stands elsewhere or not', (_, run, stands) => {
  expect(standsElsewhere(before, { lately: news(run) })).toBe(stands)
})

test('of many one is enough, and none is none', () => {
  expect(standsElsewhere(before, { lately: news() })).toBe(false)
  expect(standsElsewhere(before, { lately: news(runOf(1, { version: 2 }), runOf(9)) })).toBe(true)
})

test('what was read stands until a newer version is told', () => {
  const read = runOf(1, { version: 3 })
  expect(newest(read, undefined)).toBe(read)
  expect(newest(read, runOf(1, { version: 2 }))).toBe(read)
  expect(newest(read, runOf(1, { version: 4 })).version).toBe(4)
})
