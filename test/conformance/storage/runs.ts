import { describe, expect, test } from 'vitest'
import { decisionId, errorId, runId, sampleAttempt, sampleDecision, sampleError, SampleRun, sampleStep } from '../samples.ts'
import type { Given } from './given.ts'

/** Runs come back as they were committed. */
export function keepsRuns(given: Given): void {
  describe('runs', () => {
    test('a committed run loads as it was committed', async () => {
      const run = new SampleRun(given.storage, 1)
      const parts = {
        steps: [sampleStep({ status: 'running', attempts: 1 })],
        attempts: [sampleAttempt()],
        decisions: [sampleDecision()],
        errors: [sampleError()],
      }
      await given.storage.commit(run.create(parts))
      expect(given.storage.load(run.id)).toEqual({ record: run.record, lineage: run.lineage, ...parts, left: [] })
    })

    test('the newest record of each key stands', async () => {
      const run = await given.created()
      await given.storage.commit(run.next({ steps: [sampleStep({ status: 'running', attempts: 1 })], attempts: [sampleAttempt()] }))
      const done = sampleStep({ status: 'completed', attempts: 1, order: 3, endedAt: 5 })
      const again = sampleStep({ iteration: 2 })
      const ended = sampleAttempt({ status: 'completed', endedAt: 5 })
      await given.storage.commit(run.next({ steps: [done, again], attempts: [ended] }))
      expect(given.storage.load(run.id)).toEqual({
        record: run.record,
        lineage: run.lineage,
        steps: [done, again],
        attempts: [],
        decisions: [],
        errors: [],
        left: [],
      })
    })

    test('live attempts and pending decisions load, ended ones do not', async () => {
      const run = await given.created()
      await given.storage.commit(
        run.next({
          attempts: [sampleAttempt({ status: 'failed', endedAt: 5 }), sampleAttempt({ attempt: 2 })],
          decisions: [
            sampleDecision({ id: decisionId(1), status: 'approved' }),
            sampleDecision({ id: decisionId(2) }),
          ],
        }),
      )
      expect(given.storage.load(run.id)).toMatchObject({
        attempts: [sampleAttempt({ attempt: 2 })],
        decisions: [sampleDecision({ id: decisionId(2) })],
      })
    })

    test('open errors load, ended ones do not, and of one the newest stands', async () => {
      const run = await given.created()
      const id = errorId(2)
      await given.storage.commit(run.next({ errors: [sampleError(), sampleError({ id })] }))
      await given.storage.commit(run.next({ errors: [sampleError({ status: 'recovered', closedAt: 9 }), sampleError({ id, severity: 'high' })] }))
      expect(given.storage.load(run.id)?.errors).toEqual([sampleError({ id, severity: 'high' })])
    })

    test('runs do not see each other', async () => {
      const [one, other] = [await given.created(1), await given.created(2)]
      await given.storage.commit(one.next({ steps: [sampleStep({ status: 'running' })] }))
      expect(given.storage.load(one.id)?.steps).toHaveLength(1)
      expect(given.storage.load(other.id)?.steps).toEqual([])
    })

    test('a run of another run’s lineage shares its values', async () => {
      const run = await given.created()
      const replay = new SampleRun(given.storage, 2)
      const record = { lineage: run.lineage.id, input: run.record.input, context: run.record.context }
      const { lineage: _, ...transition } = replay.create({ record })
      await given.storage.commit({ ...transition, values: [], checkpoints: [], lineage: null })
      expect(given.storage.load(replay.id)?.lineage).toEqual(run.lineage)
    })

    test('a run that is not there is undefined', () => expect(given.storage.load(runId(9))).toBeUndefined())

    test('unfinished ones are named, oldest first', async () => {
      const [first, ended, last] = [await given.created(3), await given.created(1), await given.created(2)]
      await given.storage.commit(ended.next({ record: { status: 'completed', endedAt: 9 } }))
      expect(given.storage.unfinished()).toEqual({ runs: [first.id, last.id], damaged: [] })
    })
  })
}
