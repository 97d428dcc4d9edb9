import type { RunSummary } from '../../model/views.ts'
import type { Ledger } from './ledger.ts'
import type { RunRow } from './rows.ts'

/** What a run's row says of its other rows, as far as lists show it. */
type Shown = Pick<RunRow, 'record' | 'standing'> & { readonly ledger: Pick<Ledger, 'attempts' | 'checkpoints'> }

/** The run as lists show it. Made on the way of every commit: it only picks what the row holds. */
export function summaryOf({ record, standing, ledger }: Shown): RunSummary {
  return {
    id: record.id,
    workflow: record.workflow,
    workflowVersion: record.workflowVersion,
    revision: record.revision,
    correlation: record.correlation,
    origin: record.origin,
    disarmed: record.disarmed,
    parent: record.parent,
    version: record.version,
    status: record.status,
    waiting: record.waiting,
    failure: record.failure,
    createdAt: record.createdAt,
    endedAt: record.endedAt,
    updatedAt: record.updatedAt,
    checkpoints: ledger.checkpoints,
    attempts: ledger.attempts,
    at: [...new Set(standing.map(({ step }) => step))],
  }
}
