import { afterEach, beforeEach, expect, test } from 'vitest'
import { draft, sampleDecision, SampleRun, sampleRevision, sampleStep } from '../../../test/conformance/samples.ts'
import { ScratchStore } from '../../../test/conformance/scratch-store.ts'
import { outputKey } from '../../model/checkpoint.ts'
import type { DecisionRecord } from '../../model/decision.ts'

let scratch: ScratchStore
let run: SampleRun

beforeEach(async () => {
  scratch = new ScratchStore()
  const { storage } = await scratch.open()
  await storage.saveRevision(sampleRevision)
  run = new SampleRun(storage, 1)
  await storage.commit(run.create())
  for (let iteration = 1; iteration < 4; iteration += 1) {
    const value = run.seal(`output ${iteration}`)
    const changes = [{ key: outputKey(draft, iteration), address: value.address }]
    await storage.commit(run.next({ values: [value], changes, steps: [sampleStep({ iteration, output: value.address })] }))
  }
})
afterEach(() => scratch.remove())

/** The run goes back to its second checkpoint, and asks a person there. */
async function asks(decision: Partial<DecisionRecord>): Promise<void> {
  const branch = { parent: 0, from: 2, why: null, kept: { [draft]: 2 } }
  const { storage } = await scratch.here()
  await storage.commit(run.next({ branch, changes: [], decisions: [sampleDecision({ kind: 'recovery', branch: 1, ...decision })] }))
  await scratch.shut()
}

const damage = (checkpoint: number): void => scratch.damage(`UPDATE checkpoint SET content = content || ' ' WHERE number = ${checkpoint}`)
const told = () => scratch.reading((reads) => reads.verify().findings.map(({ key, isPast }) => [key, isPast === true]))

test('what a run has gone on without is past, until its newest checkpoint is damaged as well', async () => {
  await asks({})
  damage(3)
  expect(told()).toEqual([[`${run.id}/3`, true]])
  damage(4)
  expect(told()).toContainEqual([`${run.id}/3`, false])
})

test.each(['quarantined', 'completed'] as const)('so it is of a run that is %s', async (status) => {
  await asks({})
  const { storage } = await scratch.here()
  await storage.commit(run.next({ record: { status, endedAt: status === 'completed' ? 9 : null } }))
  await scratch.shut()
  damage(3)
  expect(told()).toEqual([[`${run.id}/3`, true]])
})

test.each<[string, number, Partial<DecisionRecord>]>([
  ['what an open decision offers to go back to', 1, { checkpoint: 1 }],
  ['the first, where an open decision offers a restart', 0, { actions: [{ name: 'restart', role: 'primary' }] }],
])('%s is not', async (_, checkpoint, decision) => {
  await asks(decision)
  damage(checkpoint)
  expect(told()).toEqual([[`${run.id}/${checkpoint}`, false]])
})
