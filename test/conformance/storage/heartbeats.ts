import { describe, expect, test } from 'vitest'
import { runId, sampleHeartbeat, sampleStep } from '../samples.ts'
import type { Given } from './given.ts'

/** What an attempt said last is known to the next. */
export function keepsHeartbeats(given: Given): void {
  describe('heartbeats', () => {
    test('the last one counts, whichever attempt gave it', async () => {
      const run = await given.created()
      given.storage.keep([sampleHeartbeat(run.id, 1), sampleHeartbeat(run.id, { page: 2 })])
      expect(given.storage.lastHeartbeat(run.id, 0, sampleStep().step, 1)).toEqual({ page: 2 })
      given.storage.keep([sampleHeartbeat(run.id, { page: 3 }, { attempt: 2 })])
      expect(given.storage.lastHeartbeat(run.id, 0, sampleStep().step, 1)).toEqual({ page: 3 })
    })

    test('are each of one iteration', async () => {
      const run = await given.created()
      given.storage.keep([sampleHeartbeat(run.id, 1)])
      expect(given.storage.lastHeartbeat(run.id, 0, sampleStep().step, 2)).toBeUndefined()
      expect(given.storage.lastHeartbeat(runId(9), 0, sampleStep().step, 1)).toBeUndefined()
    })
  })
}
