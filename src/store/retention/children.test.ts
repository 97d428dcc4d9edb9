/** A child run stays as long as its parent is there, also where that stays only since the plan was made. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { draft, SampleRun, sampleRevision } from '../../../test/conformance/samples.ts'
import { ScratchStore } from '../../../test/conformance/scratch-store.ts'
import { hostActor } from '../../model/actor.ts'
import { type Retained, unbounded } from '../../model/retention.ts'
import type { Store } from '../open-store.ts'

const policy = { usual: { ...unbounded, runs: 0 }, workflows: {} }

let scratch: ScratchStore
let store: Store
beforeEach(async () => {
  scratch = new ScratchStore()
  store = await scratch.open({ durability: 'normal' })
  await store.storage.saveRevision(sampleRevision)
})
afterEach(() => scratch.remove())

/** A run that has ended, with so many checkpoints. */
async function ended(number: number, endedAt: number, { checkpoints = 1, parent }: { checkpoints?: number; parent?: SampleRun } = {}): Promise<SampleRun> {
  const run = new SampleRun(store.storage, number)
  if (parent !== undefined) run.record = { ...run.record, parent: { run: parent.id, step: draft, iteration: 1, attempt: 1, depth: 1, held: false } }
  await store.storage.commit(run.create())
  await Promise.all(Array.from({ length: checkpoints - 1 }, () => store.storage.commit(run.next({ changes: [] }))))
  await store.storage.commit(run.next({ record: { status: 'completed', endedAt } }))
  return run
}

const apply = (told: () => void = () => undefined): Promise<Retained> =>
  store.retention.apply({ policy, damaged: [], actor: hostActor, told, committed: () => undefined })

const isThere = ({ id }: SampleRun): boolean => store.storage.load(id) !== undefined

test('it stays where its parent is sent back while others are being removed, and goes once that goes', async () => {
  await ended(1, 1, { checkpoints: 500 })
  const parent = await ended(2, 5)
  const child = await ended(3, 2, { parent })
  let sentBack: Promise<unknown> | undefined
  const done = await apply(() => {
    sentBack ??= store.storage.commit(parent.next({ record: { status: 'running', endedAt: null } }))
  })
  await sentBack
  expect(done).toMatchObject({ removed: { runs: 1 }, left: 2 })
  expect([isThere(parent), isThere(child)]).toEqual([true, true])
  expect(store.storage.removed(child.id)).toBeUndefined()

  await store.storage.commit(parent.next({ record: { status: 'completed', endedAt: 9 } }))
  expect(await apply()).toMatchObject({ removed: { runs: 2 }, left: 0 })
  expect([isThere(parent), isThere(child)]).toEqual([false, false])
  expect(store.storage.removed(child.id)).toMatchObject({ id: child.id, rule: 'runs' })
  expect(await store.verify()).toMatchObject({ findings: [] })
})
