/** Like errors of all runs together: how many, of how many runs, from when to when, and how they stand. */
import Database from 'better-sqlite3'
import { beforeEach, expect, test } from 'vitest'
import { errorId, outreach, runId, sampleError, SampleRun } from '../../../../test/conformance/samples.ts'
import type { ScratchStore } from '../../../../test/conformance/scratch-store.ts'
import type { ErrorPlace, ErrorQuery, GroupPlace } from '../../../model/error-query.ts'
import type { ErrorRecord } from '../../../model/error-record.ts'
import type { RunEvent } from '../../../model/event.ts'
import { WorkflowName } from '../../../model/ids.ts'
import type { Store } from '../../open-store.ts'
import { storePaths } from '../../paths.ts'
import { openIndexed } from '../indexed-store.fixture.ts'
import type { JournalIndex } from '../journal-index.ts'

let scratch: ScratchStore
let store: Store
let index: JournalIndex
beforeEach(async () => {
  const opened = await openIndexed()
  scratch = opened.scratch
  store = opened.store
  index = opened.index
  return opened.remove
})

const any = { since: 0, until: null, class: null, workflow: null, status: null } as const
const page = (query: Partial<ErrorQuery> = {}, after: GroupPlace | null = null, limit = 100) => index.answer(1_000, (answers) => answers.errorGroups({ ...any, ...query }, after, limit))
const groups = (since: number) => page({ since }).groups

/** A run in which an error opens at an instant and then what is said happens to it. */
async function erring(number: number, at: number, fields: Partial<ErrorRecord>, ...then: RunEvent[]): Promise<SampleRun> {
  const run = new SampleRun(store.storage, number)
  const error = sampleError({ id: errorId(number), openedAt: at, ...fields })
  await store.storage.commit(run.create())
  for (const [place, event] of [{ type: 'error_opened', error } as const, ...then].entries()) {
    const transition = run.next({ errors: [error] })
    await store.storage.commit({ ...transition, entry: { ...transition.entry, at: at + 40 * place, events: [event] } })
  }
  return run
}

const closed = (number: number, status: 'recovered' | 'failed'): RunEvent => ({ type: 'error_closed', id: errorId(number), status })

test('like ones are one group, the newest first, with how each stands', async () => {
  await erring(1, 100, {}, closed(1, 'recovered'))
  const second = await erring(2, 200, {}, closed(2, 'failed'))
  const other = await erring(3, 150, { fingerprint: 'another' })
  expect(groups(0)).toMatchObject([
    { count: 2, runs: 2, workflow: outreach, firstAt: 100, lastAt: 200, newestRuns: [second.id, expect.anything()], outcomes: { recovered: 1, failed: 1, recovering: 0 } },
    { count: 1, runs: 1, fingerprint: 'another', newest: { run: other.id, error: { retryable: true, strategy: null } }, outcomes: { recovering: 1 } },
  ])
  expect(groups(160)).toMatchObject([{ count: 1, newestRuns: [second.id] }])
})

test('what follows from another is not counted beside it, and what failed in another way is of that', async () => {
  await erring(1, 100, { causedBy: errorId(7) })
  expect(groups(0)).toEqual([])
  const again: RunEvent = { type: 'error_recurred', id: errorId(2), failure: sampleError().failure, fingerprint: 'later', severity: 'low', checkpoint: 0, attempts: null }
  await erring(2, 200, {}, again)
  expect(groups(0)).toMatchObject([{ fingerprint: 'later', count: 1 }])
})

test('of many groups a page is told, and all are told once from page to page, though one more comes meanwhile', async () => {
  for (let number = 1; number <= 7; number += 1) await erring(number, 100 + Math.floor(number / 2), { fingerprint: `like ${number}` })
  const first = page({}, null, 3)
  expect(first).toMatchObject({ total: { groups: 7, errors: 7 }, ever: true })
  await erring(8, 900, { fingerprint: 'like 8' })
  const second = page({}, first.next, 3)
  const third = page({}, second.next, 3)
  expect(third.next).toBeNull()
  const told = [first, second, third].flatMap((each) => each.groups.map(({ fingerprint }) => fingerprint))
  expect(told.toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7].map((number) => `like ${number}`))
})

test('a query is of the class, the workflow, how it stands, and when', async () => {
  await erring(1, 100, { fingerprint: 'a', failure: { class: 'timeout', name: 'Late', message: 'late' } })
  await erring(2, 200, { fingerprint: 'b' }, closed(2, 'recovered'))
  const found = (query: Partial<ErrorQuery>) => page(query).groups.map(({ fingerprint }) => fingerprint)
  expect(found({ class: 'timeout' })).toEqual(['a'])
  expect(found({ status: 'recovered' })).toEqual(['b'])
  expect(found({ workflow: outreach, until: 150 })).toEqual(['a'])
  const nothing = page({ workflow: WorkflowName.parse('another') })
  expect(nothing).toEqual({ groups: [], next: null, total: { groups: 0, errors: 0 }, ever: true, damaged: [] })
})

test('each error of a group is told whole, the newest first, from page to page', async () => {
  for (let number = 1; number <= 3; number += 1) await erring(number, 100 * number, {})
  const { fingerprint } = sampleError()
  const of = (after: ErrorPlace | null) => index.answer(1_000, (answers) => answers.errorsOfGroup(fingerprint, any, after, 2))
  const first = of(null)
  expect(first.errors.map(({ error }) => error.openedAt)).toEqual([300, 200])
  expect(of(first.next)).toMatchObject({ errors: [{ workflow: outreach, error: { openedAt: 100 } }], next: null, group: { count: 3, runs: 3, firstAt: 100, lastAt: 300 } })
})

test('figures tell how errors ended over time, and how long they took to be known and to be got over', async () => {
  await erring(1, 1_000, { knowable: 990 }, closed(1, 'recovered'))
  await erring(2, 1_000, {})
  await erring(3, 25_000, { knowable: 24_500, failure: { class: 'timeout', name: 'Late', message: 'late' } }, closed(3, 'failed'))
  const figures = index.answer(1_000, (answers) => answers.errorFigures({ ...any, until: 30_000 }))
  expect(figures).toMatchObject({ from: 0, to: 30_000, bucket: 10_000, detection: { count: 3, p50: 10, p95: 500 }, recovery: { count: 1, p50: 40 } })
  expect(figures.buckets.map(({ at, outcomes }) => [at, outcomes.recovered, outcomes.recovering, outcomes.failed])).toEqual([
    [0, 1, 1, 0],
    [10_000, 0, 0, 0],
    [20_000, 0, 0, 1],
  ])
  expect(figures.buckets[1]?.detection).toEqual({ count: 0, p50: null, p95: null })
  expect(figures.classes).toMatchObject([{ class: 'transient', count: 2 }, { class: 'timeout', count: 1 }])
  const late = index.answer(1_000, (answers) => answers.errorFigures({ ...any, class: 'timeout', until: 30_000 }))
  expect(late.detection).toEqual({ count: 1, p50: 500, p95: 500 })
})

test('a damaged run hides no error of another: what is told of a group is of one that is whole, and the damaged one is named', async () => {
  const whole = await erring(1, 100, {})
  const damaged = await erring(2, 200, {})
  await erring(3, 300, { fingerprint: 'of a whole run' })
  await erring(4, 400, { fingerprint: 'of a damaged run' })
  page()
  await scratch.shut()
  const db = new Database(storePaths(scratch.workspace).store)
  db.exec('UPDATE run SET checksum = zeroblob(32) WHERE number IN (2, 4)')
  db.close()
  expect(page()).toMatchObject({
    groups: [{ fingerprint: 'of a whole run' }, { count: 2, lastAt: 200, newest: { run: whole.id } }],
    total: { groups: 3, errors: 4 },
    damaged: [runId(4), damaged.id],
  })
  const { fingerprint } = sampleError()
  const of = index.answer(1_000, (answers) => answers.errorsOfGroup(fingerprint, any, null, 20))
  expect(of).toMatchObject({ group: { count: 2 }, errors: [{ run: whole.id }], damaged: [damaged.id] })
})
