import { describe, expect, test } from 'vitest'
import type { SealedValue } from '../../../src/engine/ports.ts'
import { outputKey, type StateChange } from '../../../src/model/checkpoint.ts'
import { RevisionHash } from '../../../src/model/ids.ts'
import { StorageFailed } from '../../../src/model/storage-errors.ts'
import { draft, runId, type SampleRun, sampleRevision, sampleStep } from '../samples.ts'
import type { Given } from './given.ts'

/** Every branch of a run stays as it was left. */
export function keepsBranches(given: Given): void {
  describe('branches', () => {
    /** Three checkpoints: an output in each of the last two. */
    const moved = async (): Promise<{ run: SampleRun; first: SealedValue; second: SealedValue }> => {
      const run = await given.created()
      const [first, second] = [run.seal('first'), run.seal('second')]
      const change = (iteration: number, { address }: SealedValue) => [{ key: outputKey(draft, iteration), address }]
      await given.storage.commit(run.next({ values: [first], changes: change(1, first), steps: [sampleStep({ output: first.address })] }))
      await given.storage.commit(run.next({ values: [second], changes: change(2, second), steps: [sampleStep({ iteration: 2 })] }))
      return { run, first, second }
    }
    const back = (run: SampleRun, from: number, changes: readonly StateChange[] = []): Promise<unknown> => {
      const { branch } = run.record
      return given.storage.commit(run.next({ branch: { parent: branch, from, why: 'a try' }, changes, steps: [sampleStep({ branch: branch + 1 })] }))
    }
    const keys = (run: SampleRun, checkpoint: number): readonly string[] => [...(given.storage.moment(run.id, checkpoint)?.state.keys() ?? [])].toSorted()

    test('a checkpoint is answered with the state there and every pass of its branch', async () => {
      const { run, first } = await moved()
      const moment = given.storage.moment(run.id, 1)
      expect(moment?.checkpoint).toMatchObject({ run: run.id, number: 1, branch: 0 })
      expect(keys(run, 1)).toEqual(['context', 'input', outputKey(draft, 1)])
      expect(moment?.state.get(outputKey(draft, 1))).toEqual({ key: outputKey(draft, 1), address: first.address })
      expect(moment?.steps).toHaveLength(2)
      expect(given.storage.moment(run.id, 3)).toBeUndefined()
      expect(given.storage.moment(runId(9), 0)).toBeUndefined()
    })

    test('a branch goes on from where it starts; what was there before stays', async () => {
      const { run } = await moved()
      await back(run, 1)
      expect(given.storage.load(run.id)).toMatchObject({ record: { branch: 1, head: 3 }, steps: [{ branch: 1 }] })
      expect(keys(run, 3)).toEqual(['context', 'input', outputKey(draft, 1)])
      expect(keys(run, 2)).toEqual(['context', 'input', outputKey(draft, 1), outputKey(draft, 2)])
      expect(given.storage.moment(run.id, 3)?.steps.map(({ branch }) => branch)).toEqual([1])
      expect(given.storage.moment(run.id, 2)?.steps.map(({ branch }) => branch)).toEqual([0, 0])
    })

    test('what a branch keeps is as on the one that was left for it, until it is written of itself', async () => {
      const { run } = await moved()
      const kept = { [draft]: 2 }
      await given.storage.commit(run.next({ branch: { parent: 0, from: 1, why: null, kept: { [draft]: 1 } }, changes: [], steps: [sampleStep({ branch: 1, iteration: 2 })] }))
      await given.storage.commit(run.next({ branch: { parent: 1, from: 2, why: null, kept }, changes: [] }))
      await given.storage.commit(run.next({ branch: { parent: 2, from: 2, why: null, kept }, changes: [], steps: [sampleStep({ branch: 3, iteration: 3 })] }))
      const first = given.storage.moment(run.id, 0)?.steps.find(({ iteration }) => iteration === 1)
      expect(given.storage.load(run.id)?.steps).toEqual([{ ...first, branch: 3 }, sampleStep({ branch: 3, iteration: 2 }), sampleStep({ branch: 3, iteration: 3 })])
      const taken = sampleStep({ branch: 3, iteration: 1, compensation: 'done' })
      await given.storage.commit(run.next({ steps: [taken] }))
      expect(given.storage.load(run.id)?.steps[0]).toEqual(taken)
      expect(given.storage.moment(run.id, 4)?.steps).toEqual([{ ...first, branch: 2 }, sampleStep({ branch: 2, iteration: 2 }), taken])
    })

    test('what was done on a branch that was left, or is in doubt there, is known on the ones after it, and what its fallback did is not its own', async () => {
      const { run } = await moved()
      const done = (branch: number, iteration: number, endedAt: number) => sampleStep({ branch, iteration, status: 'completed', startedAt: 60, endedAt })
      const doubt = sampleStep({ iteration: 4, status: 'in_doubt', startedAt: 75 })
      const left = (): unknown => given.storage.load(run.id)?.left
      await given.storage.commit(run.next({ steps: [done(0, 2, 70), { ...done(0, 3, 90), via: draft }, doubt] }))
      expect(left()).toEqual([])
      await given.storage.commit(run.next({ branch: { parent: 0, from: 1, why: null, kept: {} }, changes: [], steps: [done(1, 1, 80)] }))
      expect(left()).toEqual([done(0, 2, 70), doubt])
      await back(run, 1)
      expect(left()).toEqual([done(1, 1, 80), doubt])
    })

    test('a branch says what it pins, and so does each of its checkpoints', async () => {
      const { run } = await moved()
      const { workflowVersion, revision } = run.record
      const other = { workflowVersion: 2, revision: RevisionHash.parse('ef'.repeat(32)) }
      await given.storage.saveRevision({ ...sampleRevision, hash: other.revision })
      await back(run, 1)
      await given.storage.commit(run.next({ branch: { parent: 1, from: 1, why: 'mended' }, record: other, changes: [], steps: [sampleStep({ branch: 2 })] }))
      await back(run, 2)
      const before = { workflowVersion, revision }
      expect([0, 1, 2, 3, 4, 5].map((number) => given.storage.moment(run.id, number)?.pinned)).toEqual([before, before, before, before, other, other])
      expect(given.storage.moment(run.id, 0)?.record).toMatchObject({ branch: 3, ...other })
    })

    test('what a branch drops is gone on it, and there on the others', async () => {
      const { run } = await moved()
      await back(run, 2, [{ key: outputKey(draft, 1), gone: true }])
      await back(run, 3)
      expect([2, 3, 4].map((number) => keys(run, number).includes(outputKey(draft, 1)))).toEqual([true, false, false])
      expect(keys(run, 4)).toContain(outputKey(draft, 2))
    })

    test('branches start from branches, also from those that were left', async () => {
      const { run, second } = await moved()
      await back(run, 1, [{ key: outputKey(draft, 7), address: second.address }])
      await back(run, 3)
      await back(run, 2)
      expect(keys(run, 4)).toEqual(keys(run, 3))
      expect(keys(run, 5)).toEqual(keys(run, 2))
    })

    test('a branch that starts nowhere, or without a checkpoint, is refused, and nothing of it kept', async () => {
      const { run } = await moved()
      const before = given.storage.load(run.id)
      const branch = { parent: 0, from: 9, why: null, kept: {} }
      const next = run.next({ branch, changes: [] })
      await expect(given.storage.commit(next)).rejects.toThrow(StorageFailed)
      await expect(given.storage.commit({ ...next, branch: { ...branch, from: 1 }, checkpoints: [] })).rejects.toThrow(StorageFailed)
      expect(given.storage.load(run.id)).toEqual(before)
    })
  })
}
