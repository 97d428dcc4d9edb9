/** Runs for tests: the n-th to start, from 0. */
import { CorrelationId, RevisionHash, RunId, WorkflowName } from '../../../model/ids.ts'
import type { RunSummary } from '../../../model/views.ts'

export function runOf(n: number, changes: Partial<RunSummary> = {}): RunSummary {
  return {
    id: RunId.parse(`01JD3V7Q${String(n).padStart(18, '0')}`),
    workflow: WorkflowName.parse('outreach'),
    workflowVersion: 1,
    revision: RevisionHash.parse('0'.repeat(64)),
    correlation: CorrelationId.parse('c'),
    origin: null,
    disarmed: false,
    parent: null,
    version: 1,
    status: 'running',
    waiting: null,
    failure: null,
    createdAt: 1_000 + n,
    endedAt: null,
    updatedAt: 1_000 + n,
    checkpoints: 1,
    attempts: 1,
    at: [],
    ...changes,
  }
}
