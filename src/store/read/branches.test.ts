import { afterEach, beforeEach, expect, test } from 'vitest'
import { draft, runId, type SampleRun, sampleStep, startedRun } from '../../../test/conformance/samples.ts'
import { ScratchStore } from '../../../test/conformance/scratch-store.ts'
import { outputKey } from '../../model/checkpoint.ts'
import { StorageFailed } from '../../model/storage-errors.ts'
import type { Store } from '../open-store.ts'

let scratch: ScratchStore
let store: Store
let run: SampleRun

beforeEach(async () => {
  scratch = new ScratchStore()
  store = await scratch.open()
  run = await startedRun(store.storage, 1)
})
afterEach(() => scratch.remove())

/** The run has another output, and with it another checkpoint. */
async function goOn(): Promise<void> {
  const value = run.seal(`output at ${run.record.version}`)
  await store.storage.commit(run.next({ values: [value], changes: [{ key: outputKey(draft, 1), address: value.address }] }))
}

async function goBack(from: number, why: string | null): Promise<void> {
  const { branch } = run.record
  const steps = [sampleStep({ branch: branch + 1 })]
  const record = { status: 'running', waiting: null, endedAt: null } as const
  await store.storage.commit(run.next({ branch: { parent: branch, from, why }, record, changes: [], steps }))
}

const first = { number: 0, parent: null, from: null, why: null, name: null, by: { kind: 'engine' } }

test('a run begins on one branch, which stands as the run does', async () => {
  await goOn()
  expect(await store.queries.branches(run.id)).toMatchObject([{ ...first, head: 1, status: 'running', waiting: null, isPresent: true }])
  expect(await store.queries.branches(runId(9))).toBeUndefined()
})

test('each that was left stands as the run stood then, whatever comes of the run', async () => {
  await goOn()
  await store.storage.commit(run.next({ record: { status: 'waiting', waiting: 'decision' } }))
  await goBack(0, 'a try')
  await goOn()
  await store.storage.commit(run.next({ record: { status: 'failed' } }))
  await goBack(1, null)
  await goOn()
  expect(await store.queries.branches(run.id)).toMatchObject([
    { ...first, head: 1, status: 'waiting', waiting: 'decision', isPresent: false },
    { number: 1, parent: 0, from: 0, why: 'a try', head: 3, status: 'failed', waiting: null, isPresent: false },
    { number: 2, parent: 1, from: 1, why: null, head: 5, status: 'running', waiting: null, isPresent: true },
  ])
})

test('any of them has a name until it is taken away; the store stays whole', async () => {
  await goBack(0, null)
  await store.storage.commit(run.next({ named: { branch: 0, name: 'as it was' } }))
  await store.storage.commit(run.next({ named: { branch: 1, name: 'a try' } }))
  await store.storage.commit(run.next({ named: { branch: 0, name: null } }))
  expect(await store.queries.branches(run.id)).toMatchObject([{ number: 0, name: null }, { number: 1, name: 'a try', from: 0 }])
  expect(await store.verify()).toMatchObject({ findings: [] })
})

test('a branch that the run has not is not named, and nothing is kept of it', async () => {
  await expect(store.storage.commit(run.next({ named: { branch: 1, name: 'a try' } }))).rejects.toThrow(StorageFailed)
  expect(await store.queries.branches(run.id)).toMatchObject([first])
})
