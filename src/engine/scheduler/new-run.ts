import { RunId } from '../../model/ids.ts'
import type { RunRecord } from '../../model/run.ts'
import type { Ports } from '../ports.ts'

type Own = 'priority' | 'workflow' | 'workflowVersion' | 'revision' | 'lineage' | 'correlation' | 'input' | 'context'

/** What a run is by its birth. */
export type Born = Pick<RunRecord, Own> & Partial<Pick<RunRecord, 'origin' | 'disarmed' | 'parent' | 'loops'>>

/** A run that nothing has happened to yet. It may come to be born otherwise: what entries leave out (`store/format/entry.ts`) stays as it is. */
export function newRun({ clock, randomness }: Pick<Ports, 'clock' | 'randomness'>, born: Born): RunRecord {
  const now = clock.now()
  return {
    origin: null,
    disarmed: false,
    parent: null,
    kept: null,
    admitted: true,
    loops: {},
    ...born,
    id: RunId.parse(randomness.ulid(now)),
    version: 0,
    touched: 0,
    status: 'queued',
    waiting: null,
    paused: false,
    closing: null,
    rollbacks: null,
    holds: null,
    givenWay: null,
    failure: null,
    generation: 0,
    branch: 0,
    sentBack: 0,
    head: 0,
    recoveries: 0,
    clock: { spent: 0, since: null },
    createdAt: now,
    endedAt: null,
    updatedAt: now,
  }
}
