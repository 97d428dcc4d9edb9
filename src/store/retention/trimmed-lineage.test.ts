/** Runs of one lineage, all of which stay while checkpoints of them go: what one gives up another still needs once it does not. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { draft, SampleRun, sampleStep } from '../../../test/conformance/samples.ts'
import { retentionBeside } from '../../../test/conformance/retention-beside.ts'
import type { ScratchStore } from '../../../test/conformance/scratch-store.ts'
import { expectWhole, startedStore } from '../../../test/conformance/started-store.ts'
import { hostActor } from '../../model/actor.ts'
import { contextKey, outputKey } from '../../model/checkpoint.ts'
import { type Retained, type RetentionBounds, unbounded } from '../../model/retention.ts'
import { checkpointId } from '../format/checkpoint-id.ts'
import type { Store } from '../open-store.ts'

const length = 10

let scratch: ScratchStore
let store: Store
let run: SampleRun
beforeEach(async () => {
  ;({ scratch, store, origin: run } = await startedStore())
})
afterEach(() => scratch.remove())

const texts = Array.from({ length }, (_, at) => `text ${at}`)

/** Its context becomes one text after the other: only its checkpoints name them. */
async function changes(of: SampleRun): Promise<void> {
  for (const text of texts) {
    const value = of.seal(text)
    await store.storage.commit(of.next({ values: [value], changes: [{ key: contextKey, address: value.address }] }))
  }
}

/** Passes of a number each, on the branch that the run is on. */
async function passes(first: number, last: number): Promise<void> {
  for (let iteration = first; iteration <= last; iteration += 1) {
    const { branch } = run.record
    const value = run.seal({ branch, iteration })
    const steps = [sampleStep({ branch, iteration, status: 'completed', output: value.address })]
    await store.storage.commit(run.next({ values: [value], changes: [{ key: outputKey(draft, iteration), address: value.address }], steps }))
  }
}

const goesBack = (from: number, kept = 0) =>
  store.storage.commit(run.next({ branch: { parent: 0, from, why: null, kept: kept === 0 ? {} : { [draft]: kept } }, changes: [] }))

/** A replay from a checkpoint in the middle, with what the context was there. */
async function replayed(): Promise<SampleRun> {
  const replay = new SampleRun(store.storage, 3, run)
  const context = run.seal(texts[4] ?? '').address
  replay.record = { ...replay.record, origin: { run: run.id, checkpoint: 5, edited: [] }, context, status: 'completed', endedAt: 1 }
  await store.storage.commit(replay.create())
  return replay
}

/** Something happens before a transaction of it. */
function applied(bounds: Partial<RetentionBounds>, happens: (transaction: number) => Promise<unknown> = async () => undefined): Promise<Retained> {
  const policy = { usual: { ...unbounded, ...bounds }, workflows: {} }
  return retentionBeside(scratch, store, happens).apply({ policy, damaged: [], actor: hostActor, told: () => undefined, committed: () => undefined })
}

const isWhole = (): Promise<void> => expectWhole({ scratch, store })

test.each([
  ['goes back', () => goesBack(5)],
  ['is kept by a person', () => store.storage.commit(run.next({ record: { kept: { by: hostActor, why: null, at: 1 } } }))],
  ['is replayed', replayed],
  ['is damaged', async () => scratch.damage(`UPDATE checkpoint SET checksum = zeroblob(32) WHERE id = ${checkpointId('1', '4')}`)],
])('where a run %s that was to give up checkpoints, no value of it goes with those of its replay', async (_, happens) => {
  await changes(run)
  const replay = new SampleRun(store.storage, 2, run)
  await store.storage.commit(replay.create())
  await changes(replay)
  await store.storage.commit(replay.next({ record: { status: 'completed', endedAt: 1 } }))
  const { untrimmed, removed } = await applied({ checkpoints: 3 }, async (transaction) => (transaction === 0 ? happens() : undefined))
  expect([untrimmed, removed.values]).toEqual([2, 0])
  for (const text of texts) expect(await store.queries.value(run.id, run.seal(text).address)).toMatchObject({ value: text })
})

test.each([0, 1, 2])('a replay that begins and ends before transaction %i keeps what it took from a checkpoint that goes, or does not begin', async (at) => {
  await changes(run)
  await applied({ checkpoints: 3 }, async (transaction) => (transaction === at ? replayed().catch(() => undefined) : undefined))
  expect(await store.verify()).toMatchObject({ findings: [] })
  expect(await applied({ checkpoints: 3 })).toMatchObject({ left: 0, untrimmed: 0 })
  await isWhole()
})

test('passes of a branch that went are not missed once the run keeps others of the same numbers', async () => {
  await passes(1, 4)
  await goesBack(1, 1)
  await passes(2, 3)
  expect((await applied({ branches: 0 })).removed.values).toBe(3)
  await goesBack(run.record.head, 3)
  await isWhole()
})
