/** A long run that goes on while its first checkpoints are removed. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { decisionId, draft, sampleDecision, type SampleRun, sampleRevision, sampleStep, startedRun } from '../../../test/conformance/samples.ts'
import { ScratchStore } from '../../../test/conformance/scratch-store.ts'
import { hostActor } from '../../model/actor.ts'
import { contextKey, inputKey, outputKey } from '../../model/checkpoint.ts'
import type { JournalEntry } from '../../model/entry.ts'
import { unbounded } from '../../model/retention.ts'
import type { Store } from '../open-store.ts'

const length = 900
const stay = 5
const policy = { usual: { ...unbounded, checkpoints: stay }, workflows: {} }

let scratch: ScratchStore
let store: Store
let run: SampleRun
let said: JournalEntry[]
beforeEach(async () => {
  scratch = new ScratchStore()
  store = await scratch.open({ durability: 'normal', keyframeFloor: 60_000 })
  run = await startedRun(store.storage, 1)
  said = []
  const commits = Array.from({ length: length - 1 }, (_, pass) => {
    const value = run.seal({ pass })
    const step = sampleStep({ status: 'completed', output: value.address })
    return store.storage.commit(run.next({ values: [value], changes: [{ key: outputKey(draft, 1), address: value.address }], steps: [step] }))
  })
  await Promise.all(commits)
})
afterEach(() => scratch.remove())

const apply = () =>
  store.retention.apply({ policy, damaged: [], actor: hostActor, told: () => undefined, committed: (entry) => void said.push(entry) })

test('it says what went, begins with all of its state, and goes on', async () => {
  const before = await store.queries.state(run.id, length - stay)
  const { removed } = await apply()
  expect(removed).toMatchObject({ runs: 0, checkpoints: length - stay })
  const gone = { first: 0, last: length - stay - 1, rule: 'checkpoints' }
  expect(said.map(({ events }) => events)).toMatchObject([[{ type: 'checkpoints_removed', run: run.id, removed: [gone] }]])
  expect(await store.queries.branches(run.id)).toMatchObject([{ number: 0, removed: [gone] }])

  const { checkpoints: [first, ...others] } = await store.queries.checkpoints(run.id, null, 1_000)
  expect(first?.changes.map(({ key }) => key).toSorted()).toEqual([contextKey, inputKey, outputKey(draft, 1)].toSorted())
  expect(others).toHaveLength(stay - 1)
  expect(await store.queries.state(run.id, length - stay)).toEqual(before)
  expect(await store.queries.state(run.id, 3)).toBeUndefined()
  expect(await store.verify()).toMatchObject({ findings: [] })

  await store.storage.commit(run.next({ changes: [] }))
  await store.storage.commit(run.next({ branch: { parent: 0, from: length - 2, why: null }, changes: [], steps: [sampleStep({ branch: 1 })] }))
  expect(await store.verify()).toMatchObject({ findings: [] })
  expect(store.storage.load(run.id)?.record).toEqual(run.record)
})

test('who is about to go back to what goes meanwhile is told that the run has moved on', async () => {
  await apply()
  const back = run.next({ branch: { parent: 0, from: 3, why: null }, changes: [], steps: [sampleStep({ branch: 1 })] })
  await expect(store.storage.commit(back)).rejects.toMatchObject({ name: 'VersionConflict' })
  expect(await store.verify()).toMatchObject({ findings: [] })
})

test('a decision may offer to go back to what is there; of what goes meanwhile, whoever is about to offer it is told the same', async () => {
  await apply()
  await store.storage.commit(run.next({ decisions: [sampleDecision({ checkpoint: length - 1 })] }))
  const restart = { name: 'restart', role: 'secondary' } as const
  for (const decision of [sampleDecision({ id: decisionId(2), checkpoint: 3 }), sampleDecision({ id: decisionId(2), actions: [restart] })]) {
    const record = run.record
    await expect(store.storage.commit(run.next({ decisions: [decision] }))).rejects.toMatchObject({ name: 'VersionConflict' })
    run.record = record
  }
  await store.storage.commit(run.next({ decisions: [sampleDecision({ checkpoint: 3, status: 'approved', action: 'approve', closedAt: 2 })] }))
  expect(await store.verify()).toMatchObject({ findings: [] })
})

test('a value that something has come to name since stays', async () => {
  const again = run.seal({ pass: 7 })
  const planned = await store.retention.plan({ policy, damaged: [] })
  expect(planned.total.values).toBe(length - stay - 1)
  const applied = apply()
  const event = { type: 'step_completed' as const, step: draft, iteration: 1, output: again.address, via: null }
  const next = run.next({ values: [again], changes: [{ key: outputKey(draft, 1), address: again.address }], steps: [sampleStep({ status: 'completed', output: again.address })] })
  await store.storage.commit({ ...next, entry: { ...next.entry, events: [event] } })
  await applied
  expect(await store.queries.value(run.id, again.address)).toMatchObject({ value: { pass: 7 } })
  expect(await store.verify()).toMatchObject({ findings: [] })
})

test('a run that a person keeps loses nothing', async () => {
  await store.storage.commit(run.next({ record: { kept: { by: hostActor, why: null, at: 1 } } }))
  expect((await apply()).removed.checkpoints).toBe(0)
})

test('what it no longer holds is weighed no more', async () => {
  await store.storage.saveRevision(sampleRevision)
  const bytesOf = async (): Promise<number> => (await store.figures.storage()).workflows.reduce((sum, { bytes }) => sum + bytes, 0)
  const before = await bytesOf()
  const { removed } = await apply()
  expect(await bytesOf()).toBeLessThan(before - removed.bytes / 2)
})

test('it goes back past checkpoints whose stored checksums are damaged as far as the first that is there; then nothing more of it goes', async () => {
  await apply()
  const first = length - stay
  scratch.damage(`UPDATE checkpoint SET checksum = zeroblob(32) WHERE number > ${first}`)
  await store.storage.commit(run.next({ branch: { parent: 0, from: first, why: null }, changes: [], steps: [sampleStep({ branch: 1 })] }))
  for (let pass = 1; pass < 2 * stay; pass += 1) await store.storage.commit(run.next({ changes: [] }))

  const damaged = Array.from({ length: length - first - 1 }, (_, index) => ({ key: `${run.id}/${first + 1 + index}`, nearest: run.record.head }))
  expect((await store.verify()).findings).toMatchObject(damaged)
  expect((await apply()).removed).toMatchObject({ checkpoints: 0 })
  expect((await store.verify()).findings).toMatchObject(damaged)
  expect(store.storage.moment(run.id, first)).toBeDefined()
  expect(store.storage.moment(run.id, run.record.head)).toBeDefined()
})
