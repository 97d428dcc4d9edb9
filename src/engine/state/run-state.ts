/**
 * A run in memory: the projection of its committed rows, and while a turn decides, of what it is about to commit.
 *
 * Invariants:
 * 1. Only `apply` changes it, event by event.
 * 2. The newest iteration of a step is its present; earlier ones are history and stay.
 * 3. `attempts` holds live attempts only, `decisions` pending ones only, `errors` open ones only; all of the branch that the run
 *    is on.
 * 4. What changed since the last `takeChanges` is exactly what the transition has to write.
 * 5. The graph is that of the revision which the record pins.
 */
import { type Before, doneOrInDoubt, toldBefore } from '../../model/before.ts'
import type { DecisionRecord } from '../../model/decision.ts'
import { type ErrorRecord, isOpen } from '../../model/error-record.ts'
import type { DecisionId, ErrorId, Instant, RevisionHash, StepId, WorkflowName } from '../../model/ids.ts'
import type { StepManifest } from '../../model/manifest.ts'
import { type Rules, usualPolicy } from '../../model/policy/policy.ts'
import type { RunRecord } from '../../model/run.ts'
import type { AttemptRecord, Phase, StepRecord } from '../../model/step.ts'
import type { Graph } from '../planner/graph.ts'
import type { AttemptRef, Lineage, StoredRun } from '../ports.ts'
import { Trail } from './trail.ts'

export interface Changes {
  readonly steps: readonly StepRecord[]
  /** Passes of a branch that begins, as they were on the one before: these are not written. */
  readonly kept: readonly StepRecord[]
  readonly attempts: readonly AttemptRecord[]
  readonly decisions: readonly DecisionRecord[]
  readonly errors: readonly ErrorRecord[]
}

/** Names a step's iteration within a run. */
export interface Pass {
  readonly step: StepId
  readonly iteration: number
}

const passKey = (pass: Pass): string => `${pass.step}#${pass.iteration}`
export const attemptKey = (tried: Pass & { readonly attempt: number }): string => `${passKey(tried)}#${tried.attempt}`

export function isSettled({ status }: StepRecord): boolean {
  return status === 'completed' || status === 'skipped'
}

function isUnderWay({ status, waiting }: StepRecord): boolean {
  return status === 'running' || status === 'waiting' || status === 'in_doubt' || waiting !== null
}

/** By which limits attempts at a step are throttled. */
export type ThrottlesOf = (workflow: WorkflowName, step: Pick<StepManifest, 'id' | 'dependency'>) => readonly string[]

/** The graph of a revision. @throws CorruptionFound where the revision is not stored */
export type Graphs = (revision: RevisionHash) => Graph

export class RunState {
  readonly graphs: Graphs
  readonly lineage: Lineage
  record: RunRecord
  /** When a process took up a live attempt. Whoever talks to executors knows; no row does, since none outlives its host. */
  begunAt: (attempt: AttemptRecord) => Instant | undefined = () => undefined
  /** When a live attempt's last heartbeat was heard, where it had one; known in the same way. */
  heardAt: (attempt: AttemptRecord) => Instant | undefined = () => undefined
  /** What the workspace wants of a step, or of the run as a whole. Whoever drives the run knows; it may be another at each turn. */
  rulesOf: (step: StepId | null) => Rules = () => usualPolicy.usual
  /** Names of the limits by which what attempts at a step of the workflow reach is throttled. Whoever drives the run knows, in the same way. */
  throttlesOf: ThrottlesOf = () => []
  readonly #steps = new Map<StepId, StepRecord[]>()
  readonly #underWay = new Map<string, StepRecord>()
  readonly #unsettled = new Set<StepId>()
  readonly #repeated = new Set<StepId>()
  readonly #attempts = new Map<string, AttemptRecord>()
  readonly #decisions = new Map<DecisionId, DecisionRecord>()
  readonly #errors = new Map<ErrorId, ErrorRecord>()
  /** What was done on branches that the run has left, or is in doubt there. */
  #left: readonly StepRecord[] = []
  #graph: { readonly of: RevisionHash; readonly graph: Graph }
  /** Made once a loop asks for it: a run without one pays nothing for it. */
  #trail: Trail | undefined
  readonly #changedSteps = new Map<string, StepRecord>()
  readonly #keptSteps = new Map<string, StepRecord>()
  readonly #changedAttempts = new Map<string, AttemptRecord>()
  readonly #changedDecisions = new Map<DecisionId, DecisionRecord>()
  readonly #changedErrors = new Map<ErrorId, ErrorRecord>()

  /** @throws CorruptionFound where the revision is not stored that the record pins */
  constructor(graphs: Graphs, lineage: Lineage, record: RunRecord) {
    this.graphs = graphs
    this.lineage = lineage
    this.record = record
    this.#graph = { of: record.revision, graph: graphs(record.revision) }
  }

  /** @throws CorruptionFound where the revision is not stored that the run pins */
  static of(stored: StoredRun, graphs: Graphs): RunState {
    const state = new RunState(graphs, stored.lineage, stored.record)
    const inOrder = stored.steps.toSorted((a, b) => a.iteration - b.iteration)
    for (const step of inOrder) state.putStep(step)
    for (const attempt of stored.attempts) state.putAttempt(attempt)
    for (const decision of stored.decisions) state.putDecision(decision)
    for (const error of stored.errors) state.putError(error)
    state.#left = stored.left
    state.takeChanges()
    return state
  }

  /** The same run, to try a turn on: what is put into the copy stays there. */
  copy(): RunState {
    const copy = new RunState(this.graphs, this.lineage, this.record)
    copy.begunAt = this.begunAt
    copy.heardAt = this.heardAt
    copy.rulesOf = this.rulesOf
    copy.throttlesOf = this.throttlesOf
    for (const [step, records] of this.#steps) copy.#steps.set(step, [...records])
    for (const [key, record] of this.#underWay) copy.#underWay.set(key, record)
    for (const step of this.#unsettled) copy.#unsettled.add(step)
    for (const step of this.#repeated) copy.#repeated.add(step)
    for (const [key, attempt] of this.#attempts) copy.#attempts.set(key, attempt)
    for (const [id, decision] of this.#decisions) copy.#decisions.set(id, decision)
    for (const [id, error] of this.#errors) copy.#errors.set(id, error)
    copy.#left = this.#left
    return copy
  }

  get graph(): Graph {
    const { revision } = this.record
    if (this.#graph.of !== revision) this.#graph = { of: revision, graph: this.graphs(revision) }
    return this.#graph.graph
  }

  manifest(step: StepId): StepManifest {
    const found = this.graph.steps.get(step)
    if (found === undefined) throw new Error(`workflow ${this.record.workflow} has no step ${step}`)
    return found
  }

  /** Every iteration of a step, oldest first. */
  iterations(step: StepId): readonly StepRecord[] {
    return this.#steps.get(step) ?? []
  }

  /** The step as it is: its newest iteration. */
  step(step: StepId): StepRecord {
    const found = this.#steps.get(step)?.at(-1)
    if (found === undefined) throw new Error(`run ${this.record.id} has no step ${step}`)
    return found
  }

  pass(pass: Pass): StepRecord {
    const found = this.#steps.get(pass.step)?.[pass.iteration - 1]
    if (found === undefined) throw new Error(`run ${this.record.id} has no ${passKey(pass)}`)
    return found
  }

  /** False for a pass that a loop has gone over. */
  isPresent({ step, iteration }: Pass): boolean {
    return this.step(step).iteration === iteration
  }

  *present(): Generator<StepRecord> {
    for (const id of this.graph.order) yield this.step(id)
  }

  /** Passes under way, of any iteration: running, waiting or in doubt. Few, however long the run. */
  underWay(): MapIterator<StepRecord> {
    return this.#underWay.values()
  }

  /** Present passes that are not settled. */
  *unsettled(): Generator<StepRecord> {
    for (const step of this.#unsettled) yield this.step(step)
  }

  /** Steps that a loop has gone over. */
  repeated(): SetIterator<StepId> {
    return this.#repeated.values()
  }

  /** Every pass of every step. As long as the run. */
  *history(): Generator<StepRecord> {
    for (const records of this.#steps.values()) yield* records
  }

  /** What a step did on branches that the run has left, or may have done there. */
  before(step: StepId): Before[] {
    return toldBefore(this.#left.filter((pass) => pass.step === step), this.record)
  }

  /** The same of whichever branch, the present one too. */
  done(step: StepId): Before[] {
    const passes = [...this.#left.filter((pass) => pass.step === step), ...this.iterations(step)]
    return toldBefore(doneOrInDoubt(passes, this.record), this.record)
  }

  /** Its passes as they completed one after the other. */
  trail(): Trail {
    this.#trail ??= new Trail(this.history())
    return this.#trail
  }

  attempts(): MapIterator<AttemptRecord> {
    return this.#attempts.values()
  }

  attempt(tried: Pass & { readonly attempt: number }): AttemptRecord | undefined {
    return this.#attempts.get(attemptKey(tried))
  }

  /** The live attempt that an executor speaks of; none of a branch that the run has left. */
  attemptOf(ref: AttemptRef): AttemptRecord | undefined {
    return ref.branch === this.record.branch ? this.attempt(ref) : undefined
  }

  /** The live attempt of a step's iteration. */
  liveAttempt(pass: Pass): AttemptRecord | undefined {
    for (const attempt of this.#attempts.values()) {
      if (attempt.step === pass.step && attempt.iteration === pass.iteration) return attempt
    }
    return undefined
  }

  decisions(): MapIterator<DecisionRecord> {
    return this.#decisions.values()
  }

  decision(id: DecisionId): DecisionRecord | undefined {
    return this.#decisions.get(id)
  }

  /** Whether anything is wrong with it. */
  get hasErrors(): boolean {
    return this.#errors.size > 0
  }

  errors(): MapIterator<ErrorRecord> {
    return this.#errors.values()
  }

  error(id: ErrorId): ErrorRecord | undefined {
    return this.#errors.get(id)
  }

  /** The open error of a pass, or of its compensation; of the run as a whole where no pass is named. */
  errorOf(pass: Pass | null, phase: Phase): ErrorRecord | undefined {
    for (const error of this.#errors.values()) {
      if (error.step === (pass?.step ?? null) && error.iteration === (pass?.iteration ?? null) && error.phase === phase) return error
    }
    return undefined
  }

  putStep(record: StepRecord): void {
    this.#place(record)
    const key = `${record.branch}/${passKey(record)}`
    this.#keptSteps.delete(key)
    this.#changedSteps.set(key, record)
  }

  /** A pass as it was on the branch before: nothing has to be written of it. */
  keepStep(record: StepRecord): void {
    this.#place(record)
    this.#keptSteps.set(`${record.branch}/${passKey(record)}`, record)
  }

  #place(record: StepRecord): void {
    const records = this.#steps.get(record.step) ?? []
    const before = records[record.iteration - 1]
    records[record.iteration - 1] = record
    if (record.status === 'completed' && before?.status !== 'completed') this.#trail?.add(record)
    this.#steps.set(record.step, records)
    if (records.length > 1) this.#repeated.add(record.step)
    if (records.length === record.iteration) {
      if (isSettled(record)) this.#unsettled.delete(record.step)
      else this.#unsettled.add(record.step)
    }
    const key = passKey(record)
    if (isUnderWay(record)) this.#underWay.set(key, record)
    else this.#underWay.delete(key)
  }

  putAttempt(record: AttemptRecord): void {
    const key = attemptKey(record)
    if (record.status === 'running') this.#attempts.set(key, record)
    else this.#attempts.delete(key)
    this.#changedAttempts.set(`${record.branch}/${key}`, record)
  }

  putDecision(record: DecisionRecord): void {
    if (record.status === 'pending') this.#decisions.set(record.id, record)
    else this.#decisions.delete(record.id)
    this.#changedDecisions.set(record.id, record)
  }

  putError(record: ErrorRecord): void {
    if (isOpen(record)) this.#errors.set(record.id, record)
    else this.#errors.delete(record.id)
    this.#changedErrors.set(record.id, record)
  }

  /** Makes room for the passes of another branch. Nothing of the one that is left may be live any more. */
  leaveBranch(): void {
    if (this.#attempts.size > 0 || this.#decisions.size > 0) throw new Error(`run ${this.record.id} leaves a branch that is live`)
    this.#trail = undefined
    this.#left = doneOrInDoubt([...this.#left, ...this.history()], this.record)
    for (const kept of [this.#steps, this.#underWay, this.#unsettled, this.#repeated]) kept.clear()
  }

  /** What was put since the last call; the next call starts afresh. */
  takeChanges(): Changes {
    return {
      steps: taken(this.#changedSteps),
      kept: taken(this.#keptSteps),
      attempts: taken(this.#changedAttempts),
      decisions: taken(this.#changedDecisions),
      errors: taken(this.#changedErrors),
    }
  }
}

/** Takes all that is there. */
function taken<T>(changed: Map<string, T>): readonly T[] {
  if (changed.size === 0) return []
  const all = [...changed.values()]
  changed.clear()
  return all
}
