/** Like errors of all runs together: how many, of how many runs, from when to when, and how they stand. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { errorId, outreach, sampleError, SampleRun, sampleRevision } from '../../../../test/conformance/samples.ts'
import { ScratchStore } from '../../../../test/conformance/scratch-store.ts'
import type { ErrorRecord } from '../../../model/error-record.ts'
import type { RunEvent } from '../../../model/event.ts'
import type { Store } from '../../open-store.ts'
import { storePaths } from '../../paths.ts'
import { JournalIndex } from '../journal-index.ts'

let scratch: ScratchStore
let store: Store
let index: JournalIndex
beforeEach(async () => {
  scratch = new ScratchStore()
  store = await scratch.open()
  await store.storage.saveRevision(sampleRevision)
  index = new JournalIndex(storePaths(scratch.workspace))
})
afterEach(async () => {
  index.close()
  await scratch.remove()
})

const groups = (since: number) => index.answer(1_000, (answers) => answers.errors(since))

/** A run in which an error opens at an instant and then what is said happens to it. */
async function erring(number: number, at: number, fields: Partial<ErrorRecord>, ...then: RunEvent[]): Promise<SampleRun> {
  const run = new SampleRun(store.storage, number)
  const error = sampleError({ id: errorId(number), openedAt: at, ...fields })
  await store.storage.commit(run.create())
  for (const events of [[{ type: 'error_opened', error } as const], ...then.map((event) => [event])]) {
    const transition = run.next({ errors: [error] })
    await store.storage.commit({ ...transition, entry: { ...transition.entry, at, events } })
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
    { count: 1, runs: 1, fingerprint: 'another', newest: { run: other.id }, outcomes: { recovering: 1 } },
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
