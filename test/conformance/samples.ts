/** Runs as a storage sees them: plausible records, moved along by hand. */
import type { BranchNaming, BranchStart, Lineage, SealedValue, Storage, Transition } from '../../src/engine/ports.ts'
import { freshPass } from '../../src/model/fresh-pass.ts'
import { type Actor, engineActor } from '../../src/model/actor.ts'
import { type CheckpointDraft, contextKey, inputKey, type StateChange } from '../../src/model/checkpoint.ts'
import type { DecisionRecord } from '../../src/model/decision.ts'
import type { ErrorRecord } from '../../src/model/error-record.ts'
import type { HostEntry } from '../../src/model/entry.ts'
import {
  Address,
  CorrelationId,
  DecisionId,
  ErrorId,
  LineageId,
  RevisionHash,
  RunId,
  StepId,
  WorkflowName,
} from '../../src/model/ids.ts'
import type { Json } from '../../src/model/json.ts'
import type { Signal } from '../../src/model/log.ts'
import { codeStep, manifestOf } from '../../src/model/manifest.fixture.ts'
import type { Revision } from '../../src/model/revision.ts'
import type { RunRecord } from '../../src/model/run.ts'
import type { AttemptRecord, StepRecord } from '../../src/model/step.ts'

const began = 1_800_000_000_000
const digits = (number: number): string => String(number).padStart(26, '0')

export const runId = (number: number): RunId => RunId.parse(digits(number))
export const decisionId = (number: number): DecisionId => DecisionId.parse(digits(number))
export const errorId = (number: number): ErrorId => ErrorId.parse(digits(number))
export const lineageId = (number: number): LineageId => LineageId.parse(digits(number))
export const draft = StepId.parse('draft')
export const outreach = WorkflowName.parse('outreach')

export function sampleLineage(number: number): Lineage {
  return { id: lineageId(number), salt: new Uint8Array(32).fill(number) }
}

export const sampleRevision: Revision = {
  hash: RevisionHash.parse('ab'.repeat(32)),
  loadedAt: began,
  bundle: 'module.exports = { greeting: "Grüße" }\n'.repeat(40),
  manifest: manifestOf('outreach', [codeStep('draft')]),
}

export function sampleStep(fields: Partial<StepRecord> = {}): StepRecord {
  return { ...freshPass({ branch: 0, generation: 0 }, draft, 1), ...fields }
}

export function sampleAttempt(fields: Partial<AttemptRecord> = {}): AttemptRecord {
  return {
    branch: 0,
    step: draft,
    iteration: 1,
    attempt: 1,
    phase: 'run',
    status: 'running',
    effect: 'none',
    timeout: null,
    allowance: null,
    failure: null,
    startedAt: began,
    endedAt: null,
    ...fields,
  }
}

export function sampleDecision(fields: Partial<DecisionRecord> = {}): DecisionRecord {
  return {
    id: decisionId(1),
    kind: 'approval',
    phase: 'run',
    branch: 0,
    step: draft,
    iteration: 1,
    status: 'pending',
    actions: [{ name: 'approve', role: 'primary' }],
    shown: null,
    edits: null,
    failure: null,
    tries: null,
    recommended: null,
    checkpoint: null,
    atDeadline: null,
    deadline: null,
    openedAt: began,
    closedAt: null,
    action: null,
    note: null,
    edit: null,
    actor: null,
    ...fields,
  }
}

export function sampleError(fields: Partial<ErrorRecord> = {}): ErrorRecord {
  return {
    id: errorId(1),
    branch: 0,
    step: draft,
    iteration: 1,
    phase: 'run',
    status: 'recovering',
    severity: 'low',
    failure: { class: 'transient', name: 'Busy', message: 'the receiver is busy' },
    fingerprint: 'outreach|draft|transient|Busy|the receiver is busy',
    checkpoint: 0,
    attempts: { first: 1, last: 1 },
    environment: null,
    causedBy: null,
    took: [],
    recoveries: [],
    made: 0,
    knowable: null,
    openedAt: began,
    closedAt: null,
    ...fields,
  }
}

export function sampleHostEntry(actor: Actor = { kind: 'host', name: 'host' }): HostEntry {
  return { at: began, actor, correlation: null, run: null, events: [{ type: 'host_stopped' }] }
}

const said = {
  branch: 0,
  step: draft,
  iteration: 1,
  attempt: 1,
  correlation: CorrelationId.parse('correlation'),
  at: began,
}

export function sampleHeartbeat(run: RunId, value: Json, fields: Partial<typeof said> = {}): Signal {
  return { type: 'heartbeat', run, ...said, value, ...fields }
}

type Log = Extract<Signal, { type: 'log' }>

export function sampleLog(run: RunId, message: string, fields: Partial<typeof said & Pick<Log, 'data' | 'program' | 'exchange'>> = {}): Signal {
  return { type: 'log', run, ...said, level: 'info', message, data: null, ...fields }
}

export function sampleProgress(run: RunId, fraction: number, fields: Partial<typeof said & { note: string }> = {}): Signal {
  return { type: 'progress', run, ...said, fraction, note: null, ...fields }
}

/** What a transition of a sample changes beside the run's own record. */
export interface Parts {
  readonly record?: Partial<RunRecord>
  readonly steps?: readonly StepRecord[]
  readonly attempts?: readonly AttemptRecord[]
  readonly decisions?: readonly DecisionRecord[]
  readonly errors?: readonly ErrorRecord[]
  readonly values?: readonly SealedValue[]
  readonly changes?: readonly StateChange[]
  /** It keeps nothing of the one before, unless it says so. */
  readonly branch?: Omit<BranchStart, 'kept'> & Partial<BranchStart>
  readonly named?: BranchNaming
}

/** A run of no store: its values have an address and are kept nowhere. */
export const loneRun = (number: number): SampleRun =>
  new SampleRun({ seal: () => ({ address: Address.parse('a'.repeat(64)), bytes: new Uint8Array(), salt: null }) }, number)

/** A run that a storage has, with the revision that it pins. */
export async function startedRun(storage: Pick<Storage, 'seal' | 'saveRevision' | 'commit'>, number: number): Promise<SampleRun> {
  const run = new SampleRun(storage, number)
  await storage.saveRevision(sampleRevision)
  await storage.commit(run.create())
  return run
}

/** One run: each transition follows the one before it, committed or not. */
export class SampleRun {
  readonly id: RunId
  readonly lineage: Lineage
  readonly #storage: Pick<Storage, 'seal'>
  readonly #of: SampleRun | undefined
  record: RunRecord

  /** `of` is the run that it is a replay of. */
  constructor(storage: Pick<Storage, 'seal'>, number: number, of?: SampleRun) {
    this.#storage = storage
    this.#of = of
    this.id = runId(number)
    this.lineage = of?.lineage ?? sampleLineage(number)
    this.record = {
      id: this.id,
      workflow: outreach,
      workflowVersion: 1,
      revision: sampleRevision.hash,
      lineage: this.lineage.id,
      correlation: CorrelationId.parse('correlation'),
      origin: of === undefined ? null : { run: of.id, checkpoint: 0, edited: [] },
      disarmed: false,
    parent: null,
      kept: null,
      priority: 0,
      admitted: true,
      version: 0,
      touched: 0,
      status: 'running',
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
      input: this.seal('input').address,
      context: this.seal('context').address,
      loops: {},
      recoveries: 0,
      clock: { spent: 0, since: began },
      createdAt: began,
      endedAt: null,
      updatedAt: began,
    }
  }

  seal(value: Json, sensitive = false): SealedValue {
    return this.#storage.seal(this.lineage, value, sensitive)
  }

  /** The transition that creates the run: version 1, checkpoint 0 with input and context. */
  create(parts: Parts = {}): Transition {
    const { input, context } = this.record
    const changes = [{ key: contextKey, address: context }, { key: inputKey, address: input }, ...(parts.changes ?? [])]
    const values = [this.seal('input'), this.seal('context'), ...(parts.values ?? [])]
    return { ...this.#move({ ...parts, changes, values }, 0), expected: null, lineage: this.#of === undefined ? this.lineage : null }
  }

  /** The next transition; it takes a checkpoint where it changes the state. */
  next(parts: Parts = {}): Transition {
    return this.#move(parts, this.record.head + 1)
  }

  #move({ record, steps = [], attempts = [], decisions, errors, values, changes, branch, named }: Parts, head: number): Transition {
    const expected = this.record.version
    const onto = this.record.branch + (branch === undefined ? 0 : 1)
    const checkpoints = changes === undefined ? [] : [{ ...sampleCheckpoint(head, changes), branch: onto }]
    this.record = { ...this.record, branch: onto, ...record, version: expected + 1, head: checkpoints.at(-1)?.number ?? this.record.head }
    return {
      run: this.id,
      expected,
      entry: {
        at: began + expected,
        actor: engineActor,
        correlation: this.record.correlation,
        run: this.id,
        version: this.record.version,
        events: [{ type: 'run_moved', to: this.record.status, waiting: this.record.waiting }],
      },
      record: this.record,
      steps: [...steps, ...attempts.filter((attempt) => !steps.some((step) => isAt(attempt, step))).map(triedStep)],
      attempts,
      decisions: decisions ?? [],
      errors: errors ?? [],
      values: values ?? [],
      checkpoints,
      lineage: null,
      branch: branch === undefined ? null : { kept: {}, ...branch },
      named: named ?? null,
    }
  }
}

function isAt(attempt: AttemptRecord, { branch, step, iteration }: StepRecord): boolean {
  return attempt.branch === branch && attempt.step === step && attempt.iteration === iteration
}

/** The pass that an attempt is of. */
function triedStep({ branch, step, iteration, attempt }: AttemptRecord): StepRecord {
  return sampleStep({ branch, step, iteration, attempts: attempt, status: 'running' })
}

export function sampleCheckpoint(number: number, changes: readonly StateChange[]): CheckpointDraft {
  return { number, branch: 0, type: 'step_complete', step: draft, iteration: 1, note: null, changes: [...changes] }
}

/** An address that nothing stored has. */
export const nowhere = Address.parse('cd'.repeat(32))
