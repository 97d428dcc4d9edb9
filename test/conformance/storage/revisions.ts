import { describe, expect, test } from 'vitest'
import { RevisionHash } from '../../../src/model/ids.ts'
import { sampleRevision } from '../samples.ts'
import type { Given } from './given.ts'

/** Revisions come back as they were saved. */
export function keepsRevisions(given: Given): void {
  describe('revisions', () => {
    test('come back as they were saved, once or twice', async () => {
      await given.storage.saveRevision(sampleRevision)
      expect(given.storage.revision(sampleRevision.hash)).toEqual(sampleRevision)
    })

    test('that are not there are undefined', () => {
      expect(given.storage.revision(RevisionHash.parse('cd'.repeat(32)))).toBeUndefined()
    })
  })
}
