import { describe, expect, test } from 'vitest'
import { CorruptionFound, StorageFailed, VersionConflict } from '../../../src/model/storage-errors.ts'
import { draft, nowhere, sampleAttempt, sampleCheckpoint, sampleHostEntry, SampleRun, sampleStep } from '../samples.ts'
import type { Given } from './given.ts'

/** A transition is committed whole, or refused and leaves nothing. */
export function commitsTransitions(given: Given): void {
  describe('transitions', () => {
    test('are answered with the entry as stored, positions without a gap', async () => {
      const run = new SampleRun(given.storage, 1)
      const [create, move, host] = [run.create(), run.next(), sampleHostEntry()]
      const [created, moved, recorded] = await Promise.all([
        given.storage.commit(create),
        given.storage.commit(move),
        given.storage.record(host),
      ])
      const entries = [created.entry, moved.entry, recorded]
      expect(entries).toMatchObject([{ ...create.entry }, { ...move.entry }, { ...host }])
      const first = created.entry.position
      expect(entries.map(({ position }) => position)).toEqual([first, first + 1, first + 2])
      expect(new Set(entries.map(({ digest }) => digest)).size).toBe(3)
    })

    test('are answered with the run as lists show it', async () => {
      const run = new SampleRun(given.storage, 1)
      const begun = { steps: [sampleStep({ status: 'running' })], attempts: [sampleAttempt()] }
      expect((await given.storage.commit(run.create(begun))).summary).toMatchObject({
        id: run.id,
        version: 1,
        status: 'running',
        checkpoints: 1,
        attempts: 1,
        at: [draft],
      })
      const again = { attempts: [sampleAttempt({ status: 'failed', endedAt: 5 }), sampleAttempt({ attempt: 2 })], changes: [] }
      expect((await given.storage.commit(run.next(again))).summary).toMatchObject({ version: 2, checkpoints: 2, attempts: 2 })
      const done = {
        record: { status: 'completed', endedAt: 9 },
        steps: [sampleStep({ status: 'completed' })],
        attempts: [sampleAttempt({ attempt: 2, status: 'completed', endedAt: 9 })],
      } as const
      expect((await given.storage.commit(run.next(done))).summary).toMatchObject({
        version: 3,
        status: 'completed',
        endedAt: 9,
        attempts: 2,
        at: [],
      })
    })

    test('on a version that is not the run’s are refused and leave nothing', async () => {
      const run = await given.created()
      const stale = run.next({ steps: [sampleStep()] })
      const before = given.storage.load(run.id)
      await expect(given.storage.commit({ ...stale, expected: 7 })).rejects.toThrow(VersionConflict)
      await expect(given.storage.commit({ ...stale, expected: null })).rejects.toMatchObject({ expected: null, found: 1 })
      expect(given.storage.load(run.id)).toEqual(before)
    })

    test('of a run that is not there are refused', async () => {
      const run = new SampleRun(given.storage, 1)
      await expect(given.storage.commit({ ...run.create(), expected: 3 })).rejects.toMatchObject({ expected: 3, found: null })
      expect(given.storage.load(run.id)).toBeUndefined()
    })

    test('of one turn stand and fall each by itself', async () => {
      const runs = Array.from({ length: 20 }, (_, index) => new SampleRun(given.storage, index + 1))
      await Promise.all(runs.map((run) => given.storage.commit(run.create())))
      const stale = 7
      const settled = await Promise.allSettled(
        runs.map((run, index) => {
          const transition = run.next({ steps: [sampleStep()] })
          return given.storage.commit(index === stale ? { ...transition, expected: 5 } : transition)
        }),
      )
      const stored = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value.entry.position] : []))
      expect(settled.map(({ status }) => status).indexOf('rejected')).toBe(stale)
      expect(stored).toEqual(stored.map((_, index) => (stored[0] ?? 0) + index))
      expect(runs.map((run) => given.storage.load(run.id)?.record.version)).toEqual(runs.map((_, i) => (i === stale ? 1 : 2)))
      expect(runs.map((run) => given.storage.load(run.id)?.steps.length)).toEqual(runs.map((_, i) => (i === stale ? 0 : 1)))
    })

    test('that decided on the same version: the first one wins', async () => {
      const run = await given.created()
      const first = run.next({ steps: [sampleStep({ status: 'running' })] })
      const second = { ...first, steps: [sampleStep({ status: 'failed' })] }
      const settled = await Promise.allSettled([given.storage.commit(first), given.storage.commit(second)])
      expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
      expect(given.storage.load(run.id)?.steps).toEqual(first.steps)
    })

    test('after a rejected one go on without a gap', async () => {
      const run = await given.created()
      const last = await given.storage.commit(run.next())
      await expect(given.storage.commit({ ...run.next(), expected: 99 })).rejects.toThrow(VersionConflict)
      expect(await given.storage.record(sampleHostEntry())).toMatchObject({ position: last.entry.position + 1 })
    })

    test('whose checkpoint does not follow the last are refused and leave nothing', async () => {
      const run = await given.created()
      const before = given.storage.load(run.id)
      const value = run.seal('kept by nothing')
      const transition = run.next({ steps: [sampleStep()], values: [value] })
      await expect(given.storage.commit({ ...transition, checkpoints: [sampleCheckpoint(5, [])] })).rejects.toThrow(StorageFailed)
      expect(given.storage.load(run.id)).toEqual(before)
      expect(() => given.storage.value(run.lineage.id, value.address)).toThrow(CorruptionFound)
    })

    test('whose checkpoint names a value that is not stored are refused and leave nothing', async () => {
      const run = await given.created()
      const before = given.storage.load(run.id)
      const changes = [{ key: 'output/draft/1', address: nowhere }]
      await expect(given.storage.commit(run.next({ changes }))).rejects.toThrow(StorageFailed)
      expect(given.storage.load(run.id)).toEqual(before)
    })

    test('of an unknown lineage are refused', async () => {
      const run = new SampleRun(given.storage, 1)
      await expect(given.storage.commit({ ...run.create(), lineage: null })).rejects.toThrow(StorageFailed)
      expect(given.storage.load(run.id)).toBeUndefined()
    })
  })
}
