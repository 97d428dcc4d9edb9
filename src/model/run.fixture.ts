/** A run that waits at an approval, for tests: a draft was reviewed, `approve` is open, `send` follows. */
import { DecisionRecord } from './decision.ts'
import { approvalStep, codeStep, emailStep, manifestOf } from './manifest.fixture.ts'
import { RunRecord } from './run.ts'
import { StepRecord } from './step.ts'
import type { RunDetail } from './views.ts'

const address = 'a'.repeat(64)
const ulid = (number: number): string => String(number).padStart(26, '0')

export const manifest = manifestOf('letters', [
  codeStep('draft', [], { title: 'Draft' }),
  approvalStep('approve', ['draft'], { title: 'Approve it', deadline: 60_000 }),
  emailStep('send', ['approve'], { title: 'Send' }),
])

export function decisionOf(more: Partial<Record<keyof DecisionRecord, unknown>> = {}): DecisionRecord {
  return DecisionRecord.parse({
    id: ulid(1),
    kind: 'approval',
    branch: 0,
    step: 'approve',
    iteration: 1,
    status: 'pending',
    actions: [{ name: 'approve', role: 'primary' }],
    shown: null,
    edits: null,
    failure: null,
    deadline: null,
    openedAt: 1_000,
    closedAt: null,
    action: null,
    note: null,
    edit: null,
    actor: null,
    ...more,
  })
}

export function decisionId(number: number): string {
  return ulid(number)
}

export function stepOf(step: string, more: Partial<Record<keyof StepRecord, unknown>> = {}): StepRecord {
  return StepRecord.parse({
    branch: 0,
    step,
    iteration: 1,
    generation: 0,
    status: 'completed',
    waiting: null,
    output: null,
    via: null,
    skipped: null,
    failure: null,
    attempts: 1,
    tries: 1,
    suspect: false,
    compensation: 'none',
    compensationTries: 0,
    order: null,
    startedAt: 0,
    endedAt: null,
    ...more,
  })
}

export function recordOf(more: Partial<Record<keyof RunRecord, unknown>> = {}): RunRecord {
  return RunRecord.parse({
    id: ulid(9),
    workflow: 'letters',
    workflowVersion: 1,
    revision: address,
    lineage: ulid(9),
    correlation: 'c',
    version: 3,
    touched: 0,
    status: 'waiting',
    waiting: 'decision',
    paused: false,
    closing: null,
    failure: null,
    generation: 0,
    branch: 0,
    head: 1,
    input: address,
    context: address,
    loops: {},
    clock: { spent: 0, since: null },
    createdAt: 0,
    endedAt: null,
    updatedAt: 0,
    ...more,
  })
}

export function detailOf(more: Partial<RunDetail> = {}): RunDetail {
  return { position: 1, record: recordOf(), manifest, steps: [], attempts: [], decisions: [], errors: [], ...more }
}
