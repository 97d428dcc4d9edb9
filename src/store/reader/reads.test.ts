import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  decisionId,
  draft,
  nowhere,
  runId,
  sampleAttempt,
  sampleDecision, sampleError,
  sampleHostEntry,
  SampleRun,
  sampleRevision,
  sampleStep,
} from '../../../test/conformance/samples.ts'
import { ScratchStore } from '../../../test/conformance/scratch-store.ts'
import { outputKey } from '../../model/checkpoint.ts'
import { RevisionHash, type RunId, WorkflowName } from '../../model/ids.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import type { RunFilter } from '../../model/views.ts'
import type { Store } from '../open-store.ts'
import { openReads, type Reads } from './reads.ts'

let scratch: ScratchStore
let store: Store
let reads: Reads
beforeEach(async () => {
  scratch = new ScratchStore()
  store = await scratch.open()
  await store.storage.saveRevision(sampleRevision)
  reads = openReads(scratch.workspace)
})
afterEach(async () => {
  reads.close()
  await scratch.remove()
})

const created = async (number: number, parts: Parameters<SampleRun['create']>[0] = {}): Promise<SampleRun> => {
  const run = new SampleRun(store.storage, number)
  await store.storage.commit(run.create(parts))
  return run
}

describe('runs', () => {
  const other = WorkflowName.parse('other')
  const ids = (filter: RunFilter): RunId[] => reads.runs(filter).runs.map(({ id }) => id)
  const listed = (...numbers: number[]) => numbers.map(runId)

  beforeEach(async () => {
    for (const number of [5, 1, 4, 2, 3]) {
      await created(number, {
        record: { workflow: number === 4 ? other : sampleRevision.manifest.name, status: number > 3 ? 'waiting' : 'running' },
      })
    }
  })

  test('are listed newest first, page by page', () => {
    const first = reads.runs({ limit: 2 })
    expect(first).toMatchObject({ runs: [{ id: runId(3) }, { id: runId(2) }], next: runId(2) })
    expect(ids({ limit: 2, after: runId(2) })).toEqual(listed(4, 1))
    expect(reads.runs({ limit: 2, after: runId(1) })).toMatchObject({ runs: [{ id: runId(5) }], next: null })
    expect(reads.runs({ limit: 5 }).next).toBeNull()
    expect(ids({ limit: 5, after: runId(99) })).toEqual([])
  })

  test('are listed by workflow and by status', () => {
    const { name } = sampleRevision.manifest
    expect(ids({ limit: 9, workflow: other })).toEqual(listed(4))
    expect(ids({ limit: 2, workflow: name })).toEqual(listed(3, 2))
    expect(ids({ limit: 9, status: ['waiting'] })).toEqual(listed(4, 5))
    expect(ids({ limit: 9, status: ['waiting', 'running', 'waiting'] })).toEqual(listed(3, 2, 4, 1, 5))
    expect(ids({ limit: 9, status: ['waiting', 'running'], after: runId(4) })).toEqual(listed(1, 5))
    expect(ids({ limit: 9, workflow: name, status: ['waiting'] })).toEqual(listed(5))
    expect(ids({ limit: 9, status: [] })).toEqual([])
  })

  test('that end leave the list of their old status', async () => {
    const run = await created(6)
    await store.storage.commit(run.next({ record: { status: 'completed', endedAt: 9 } }))
    expect(ids({ limit: 9, status: ['running'] })).not.toContain(run.id)
    expect(ids({ limit: 9, status: ['completed'] })).toEqual([run.id])
  })

  test('say where they stand', async () => {
    const run = await created(6, { steps: [sampleStep({ status: 'running' })] })
    expect(reads.runs({ limit: 1 }).runs[0]).toMatchObject({ id: run.id, at: [draft], checkpoints: 1, version: 1 })
    await store.storage.commit(run.next({ steps: [sampleStep({ status: 'completed' })], changes: [] }))
    expect(reads.runs({ limit: 1 }).runs[0]).toMatchObject({ at: [], checkpoints: 2, version: 2 })
  })

  test('are listed as their last commit answered them', async () => {
    const run = await created(6, { steps: [sampleStep({ status: 'running' })], attempts: [sampleAttempt()] })
    const { summary } = await store.storage.commit(run.next({ attempts: [sampleAttempt({ attempt: 2 })], changes: [] }))
    expect(summary).toMatchObject({ attempts: 2, checkpoints: 2 })
    expect(reads.runs({ limit: 1 }).runs).toEqual([summary])
  })
})

describe('one run', () => {
  test('is answered whole, with everything that it ever was', async () => {
    const parts = {
      steps: [sampleStep({ status: 'completed' }), sampleStep({ iteration: 2 })],
      attempts: [sampleAttempt({ status: 'failed' }), sampleAttempt({ attempt: 2 })],
      decisions: [sampleDecision({ status: 'approved' })],
      errors: [sampleError({ status: 'recovered' })],
    }
    const run = await created(1, parts)
    await store.storage.record(sampleHostEntry())
    expect(reads.run(run.id)).toEqual({ position: 2, record: run.record, manifest: sampleRevision.manifest, ...parts })
    expect(reads.run(runId(9))).toBeUndefined()
  })

  test('whose revision is not stored is damaged', async () => {
    const run = await created(1, { record: { revision: RevisionHash.parse('cd'.repeat(32)) } })
    expect(() => reads.run(run.id)).toThrow(CorruptionFound)
  })

  test('has checkpoints, page by page', async () => {
    const run = await created(1)
    for (let number = 1; number < 5; number++) await store.storage.commit(run.next({ changes: [] }))
    const numbers = (after: number | null, limit: number) => reads.checkpoints(run.id, after, limit).checkpoints.map(({ number }) => number)
    expect(numbers(null, 2)).toEqual([0, 1])
    expect(numbers(1, 2)).toEqual([2, 3])
    expect(numbers(3, 2)).toEqual([4])
    expect(numbers(4, 2)).toEqual([])
    expect(reads.checkpoints(runId(9), null, 2)).toEqual({ checkpoints: [], damaged: [] })
    const all = reads.checkpoints(run.id, null, 9).checkpoints
    expect(all.map(({ parent }) => parent)).toEqual([null, ...all.slice(0, -1).map(({ checksum }) => checksum)])
  })

  test('without a checkpoint has no state', async () => {
    const run = new SampleRun(store.storage, 1)
    await store.storage.commit({ ...run.create(), checkpoints: [] })
    expect(reads.state(run.id, null)).toBeUndefined()
    expect(reads.state(runId(9), null)).toBeUndefined()
    expect(reads.checkpoints(run.id, null, 9)).toEqual({ checkpoints: [], damaged: [] })
  })

  test('answers its own values', async () => {
    const run = await created(1)
    expect(reads.value(run.id, run.record.input)).toEqual({ value: 'input', size: 7, left: false })
    expect(reads.value(run.id, run.record.input, 7)).toEqual({ value: 'input', size: 7, left: false })
    expect(reads.value(run.id, run.record.input, 6)).toEqual({ value: null, size: 7, left: true })
    expect(reads.value(run.id, nowhere)).toBeUndefined()
    expect(reads.value(runId(9), run.record.input)).toBeUndefined()
    expect(reads.signals(runId(9), 1)).toEqual([])
  })
})

describe('the journal', () => {
  test('is answered page by page, whole or of one run', async () => {
    const [one, other] = [await created(1), await created(2)]
    const committed = [
      (await store.storage.commit(other.next())).entry,
      await store.storage.record(sampleHostEntry()),
      (await store.storage.commit(one.next())).entry,
      (await store.storage.commit(other.next())).entry,
    ]
    const positions = (after: number, limit: number, run: RunId | null) =>
      reads.journal(after, limit, run).map(({ position }) => position)
    expect(reads.journal(2, 4, null)).toEqual(committed)
    expect(positions(0, 2, null)).toEqual([1, 2])
    expect(positions(6, 2, null)).toEqual([])
    expect(positions(0, 9, one.id)).toEqual([1, 5])
    expect(positions(2, 1, other.id)).toEqual([3])
    expect(positions(3, 9, other.id)).toEqual([6])
    expect(positions(0, 9, runId(9))).toEqual([])
  })

  test('is answered from its end as well', async () => {
    const [one, other] = [await created(1), await created(2)]
    await store.storage.commit(other.next())
    await store.storage.record(sampleHostEntry())
    const newest = (await store.storage.commit(other.next())).entry
    const positions = (before: number, limit: number, run: RunId | null) =>
      reads.journalBefore(before, limit, run).map(({ position }) => position)
    expect(reads.journalBefore(99, 1, null)).toEqual([newest])
    expect(positions(99, 3, null)).toEqual([3, 4, 5])
    expect(positions(3, 9, null)).toEqual([1, 2])
    expect(positions(1, 9, null)).toEqual([])
    expect(positions(0, 9, null)).toEqual([])
    expect(positions(99, 2, other.id)).toEqual([3, 5])
    expect(positions(5, 1, other.id)).toEqual([3])
    expect(positions(9, 9, one.id)).toEqual([1])
    expect(positions(9, 9, runId(9))).toEqual([])
  })
})

describe('decisions', () => {
  test('come with the values that they show', async () => {
    const run = new SampleRun(store.storage, 1)
    const [shown, output] = [run.seal({ text: 'shown' }), run.seal({ body: { text: 'editable' }, list: ['x'] })]
    const edits = (...path: string[]) => ({ target: { step: draft, path }, of: output.address })
    await store.storage.commit(
      run.create({
        values: [shown, output],
        changes: [{ key: outputKey(draft, 1), address: output.address }],
        decisions: [
          sampleDecision({ id: decisionId(1), shown: shown.address, edits: edits('body', 'text'), openedAt: 3 }),
          sampleDecision({ id: decisionId(2), edits: edits('list', '0'), openedAt: 2 }),
          sampleDecision({ id: decisionId(3), edits: edits('body', 'text', 'toString'), openedAt: 1, status: 'expired' }),
        ],
      }),
    )
    const view = { run: run.id, workflow: run.record.workflow, origin: null, disarmed: false, runVersion: 1 }
    const [expired, second, first] = [
      { ...view, decision: { id: decisionId(3) }, shown: null, editable: null },
      { ...view, decision: { id: decisionId(2) }, shown: null, editable: 'x' },
      { ...view, decision: { id: decisionId(1) }, shown: { text: 'shown' }, editable: 'editable' },
    ]
    expect(reads.decisions(run.id)).toMatchObject([expired, second, first])
    expect(reads.pending()).toMatchObject({ decisions: [second, first], damaged: [] })
    expect(reads.decisions(runId(9))).toEqual([])
  })

  test('that are pending are gathered from all runs, in the order they were opened', async () => {
    await created(1, { decisions: [sampleDecision({ id: decisionId(1), openedAt: 7 })] })
    await created(2, { decisions: [sampleDecision({ id: decisionId(2), openedAt: 5 })] })
    const run = await created(3, { decisions: [sampleDecision({ id: decisionId(3), openedAt: 6 })] })
    await store.storage.commit(run.next({ decisions: [sampleDecision({ id: decisionId(3), status: 'withdrawn' })] }))
    expect(reads.pending().decisions.map(({ decision }) => decision.id)).toEqual([decisionId(2), decisionId(1)])
  })

  test('are chosen by their urgency, without a deadline last', async () => {
    const at = (number: number, deadline: number | null, openedAt: number) =>
      sampleDecision({ id: decisionId(number), deadline, openedAt })
    await created(1, { decisions: [at(1, null, 1), at(2, 900, 2)] })
    await created(2, { decisions: [at(3, 500, 3), at(4, 900, 1), { ...at(5, 1, 1), status: 'approved' }] })
    const ids = (limit: number) => reads.urgent(limit).decisions.map(({ decision }) => decision.id)
    expect(ids(9)).toEqual([3, 4, 2, 1].map(decisionId))
    expect(ids(2)).toEqual([3, 4].map(decisionId))
  })
})

describe('the present', () => {
  test('is how many stand where', async () => {
    expect(reads.present()).toMatchObject({ pendingDecisions: 0, oldestDecisionAt: null, byStatus: { queued: 0, running: 0 } })
    await created(1, { decisions: [sampleDecision({ openedAt: 7 }), sampleDecision({ id: decisionId(2), openedAt: 5 })] })
    await created(2, { record: { status: 'failed' } })
    await created(3, { decisions: [sampleDecision({ status: 'approved', openedAt: 1 })] })
    expect(reads.present()).toMatchObject({
      pendingDecisions: 2,
      oldestDecisionAt: 5,
      byStatus: { running: 2, failed: 1, completed: 0, quarantined: 0 },
    })
  })

  test('is told without a run of which the status makes no sense', async () => {
    for (const number of [1, 2]) await created(number)
    scratch.damage("UPDATE run SET status = 'lost' WHERE number = 1")
    expect(reads.present()).toMatchObject({ byStatus: { running: 1 } })
  })
})

test('a revision is answered whole, and one that is not there not at all', () => {
  expect(reads.revision(sampleRevision.hash)).toEqual(sampleRevision)
  expect(reads.revision(RevisionHash.parse('00'.repeat(32)))).toBeUndefined()
})
