/** What every storage promises (engine/ports.ts): the same tests over each of them. */
import { afterEach, beforeEach, describe } from 'vitest'
import type { Storage } from '../../src/engine/ports.ts'
import { sampleRevision } from './samples.ts'
import { keepsBranches } from './storage/branches.ts'
import { Given } from './storage/given.ts'
import { keepsHeartbeats } from './storage/heartbeats.ts'
import { keepsRevisions } from './storage/revisions.ts'
import { keepsRuns } from './storage/runs.ts'
import { commitsTransitions } from './storage/transitions.ts'
import { keepsValues } from './storage/values.ts'

export interface Opened {
  readonly storage: Storage
  close(): Promise<void>
}

/** `open` answers a new, empty storage. Its groups commit by themselves. */
export function storageConformance(name: string, open: () => Promise<Opened>): void {
  describe(`${name} keeps what storage promises`, () => {
    const given = new Given()
    let opened: Opened

    beforeEach(async () => {
      opened = await open()
      given.begin(opened.storage)
      await opened.storage.saveRevision(sampleRevision)
    })
    afterEach(() => opened.close())

    keepsRuns(given)
    commitsTransitions(given)
    keepsBranches(given)
    keepsValues(given)
    keepsRevisions(given)
    keepsHeartbeats(given)
  })
}
