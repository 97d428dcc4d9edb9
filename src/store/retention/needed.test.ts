/** What somebody may still go back to stays, whatever the bounds say: told and done. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { decisionId, draft, type Parts, sampleDecision, SampleRun, sampleRevision, sampleStep } from '../../../test/conformance/samples.ts'
import { ScratchStore } from '../../../test/conformance/scratch-store.ts'
import { hostActor } from '../../model/actor.ts'
import type { DecisionRecord } from '../../model/decision.ts'
import { StepId } from '../../model/ids.ts'
import { ResourceName } from '../../model/resource.ts'
import { type Retained, unbounded } from '../../model/retention.ts'
import { SavepointName } from '../../model/savepoint-name.ts'
import type { StepRecord } from '../../model/step.ts'
import type { Store } from '../open-store.ts'

const policy = { usual: { ...unbounded, branches: 0, checkpoints: 1 }, workflows: {} }
const deploy = StepId.parse('deploy')

let scratch: ScratchStore
let store: Store
let run: SampleRun
beforeEach(async () => {
  scratch = new ScratchStore()
  store = await scratch.open({ durability: 'normal', keyframeFloor: 60_000 })
  await store.storage.saveRevision(sampleRevision)
  run = new SampleRun(store.storage, 1)
  await store.storage.commit(run.create())
})
afterEach(() => scratch.remove())

const commit = (parts: Parts) => store.storage.commit(run.next({ changes: [], ...parts }))

/** So many checkpoints more. */
async function goOn(count: number): Promise<void> {
  await Promise.all(Array.from({ length: count }, () => commit({})))
}

function passed(checkpoint: number, more: Partial<StepRecord> = {}): StepRecord {
  return sampleStep({ step: deploy, status: 'completed', savepoint: { checkpoint, order: 1 }, ...more })
}

/** The engine asks, and names a checkpoint to go back to. */
function asked(checkpoint: number | null, ...names: readonly string[]): DecisionRecord {
  const actions = names.map((name) => ({ name, role: 'secondary' as const }))
  return sampleDecision({ id: decisionId(2), kind: 'recovery', checkpoint, actions })
}

const apply = (told: () => void = () => undefined): Promise<Retained> =>
  store.retention.apply({ policy, damaged: [], actor: hostActor, told, committed: () => undefined })

/** Told and done: all goes up to the checkpoint, which stays, with whatever comes after it. */
async function stays(checkpoint: number): Promise<void> {
  expect((await store.retention.plan({ policy, damaged: [] })).total.checkpoints).toBe(checkpoint)
  expect(await apply()).toMatchObject({ removed: { checkpoints: checkpoint }, left: 0, untrimmed: 0 })
  expect(store.storage.moment(run.id, checkpoint - 1)).toBeUndefined()
  expect(store.storage.moment(run.id, checkpoint)?.checkpoint.number).toBe(checkpoint)
  expect(await store.verify()).toMatchObject({ findings: [] })
}

describe('of a run that has not ended there stays', () => {
  test('what a replay was made from that has not ended', async () => {
    await goOn(9)
    const replay = new SampleRun(store.storage, 2, run)
    replay.record = { ...replay.record, origin: { run: run.id, checkpoint: 4, edited: [] } }
    await store.storage.commit(replay.create())
    await stays(4)
  })

  test('each savepoint, as it was passed last', async () => {
    await goOn(9)
    await commit({ steps: [passed(3), passed(6, { iteration: 2 }), passed(7, { step: draft })] })
    await stays(6)
  })

  test('a savepoint that it passed on a branch that it has left, where its pass is kept', async () => {
    await goOn(4)
    await commit({ steps: [passed(2)] })
    await goOn(4)
    await commit({ branch: { parent: 0, from: 6, why: null, kept: { [deploy]: 1 } } })
    await goOn(3)
    expect((await store.retention.plan({ policy, damaged: [] })).trims.map(({ rule, checkpoints }) => [rule, checkpoints])).toEqual([['checkpoints', 2 + 3]])
    await apply()
    expect(store.storage.moment(run.id, 1)).toBeUndefined()
    expect(store.storage.moment(run.id, 2)?.checkpoint).toMatchObject({ number: 2, branch: 0 })
    expect(await store.verify()).toMatchObject({ findings: [] })
  })

  test('what it is being rolled back to', async () => {
    await goOn(9)
    const to = { name: SavepointName.parse('before'), step: deploy, iteration: 1, checkpoint: 5, order: 1 }
    await commit({ record: { status: 'compensating', closing: { outcome: 'rolled_back', failure: null, to, by: hostActor, why: null } } })
    await stays(5)
  })

  test('what was before all that it holds', async () => {
    await goOn(9)
    const hold = { amount: 1, step: deploy, iteration: 1, since: 0, checkpoint: 5, order: 1 }
    await commit({ record: { holds: { [ResourceName.parse('lock')]: hold, [ResourceName.parse('key')]: { ...hold, checkpoint: 7 } } } })
    await stays(5)
  })

  test('what a question offers to go back to, as long as it is open', async () => {
    await goOn(9)
    await commit({ decisions: [asked(4, 'restore')] })
    await stays(4)
    await commit({ decisions: [{ ...asked(4, 'restore'), status: 'approved' }] })
    await apply()
    expect(store.storage.moment(run.id, 4)).toBeUndefined()
  })

  test('its beginning, while a question offers to restart it', async () => {
    await goOn(9)
    await commit({ decisions: [asked(4, 'restore', 'restart')] })
    expect((await store.retention.plan({ policy, damaged: [] })).total.checkpoints).toBe(0)
    await apply()
    expect(store.storage.moment(run.id, 0)?.checkpoint.number).toBe(0)
  })
})

test('of a run that has ended no savepoint stays: it is not rolled back', async () => {
  await goOn(9)
  await commit({ steps: [passed(3)], record: { status: 'completed', endedAt: 1 } })
  await stays(10)
})

describe('what comes to be needed while checkpoints are being removed', () => {
  const [last, late] = [900, 850]

  /** Has something happen behind the first transaction of a removal, which takes some hundred of them. */
  async function whileRemoving(happens: () => Promise<unknown>): Promise<Retained> {
    let happened: Promise<unknown> | undefined
    const done = await apply(() => {
      happened ??= happens()
    })
    await happened
    return done
  }

  test('stays: a question that was asked since, a replay that began since', async () => {
    await goOn(last)
    const done = await whileRemoving(() => commit({ decisions: [asked(late, 'restore')] }))
    expect(done.untrimmed).toBe(1)
    expect(done.removed.checkpoints).toBeGreaterThan(0)
    expect(store.storage.moment(run.id, late)?.checkpoint.number).toBe(late)

    await commit({ decisions: [{ ...asked(late, 'restore'), status: 'approved' }] })
    const replay = new SampleRun(store.storage, 2, run)
    replay.record = { ...replay.record, origin: { run: run.id, checkpoint: late, edited: [] } }
    expect((await whileRemoving(() => store.storage.commit(replay.create()))).untrimmed).toBe(1)
    expect(store.storage.moment(run.id, late)?.checkpoint.number).toBe(late)
    expect(await store.verify()).toMatchObject({ findings: [] })
  })

  test('stays: a savepoint on the branch that the run was sent back to since; what is over goes the next time', async () => {
    await goOn(late)
    await commit({ steps: [passed(late)] })
    await goOn(last - late)
    await commit({ branch: { parent: 0, from: 0, why: null }, steps: [sampleStep({ branch: 1, step: deploy })] })
    const back = { parent: 0, from: last, why: null, kept: {} }
    const done = await whileRemoving(() => commit({ branch: back, steps: [passed(late, { branch: 2 })] }))
    expect(done.untrimmed).toBe(1)
    expect(store.storage.moment(run.id, late)?.checkpoint.number).toBe(late)
    expect(await apply()).toMatchObject({ left: 0, untrimmed: 0 })
    expect(store.storage.moment(run.id, late - 1)).toBeUndefined()
    expect(store.storage.moment(run.id, late)?.checkpoint.number).toBe(late)
    expect(await store.verify()).toMatchObject({ findings: [] })
  })
})
