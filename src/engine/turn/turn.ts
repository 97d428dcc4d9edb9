/**
 * One decision about one run: events are emitted and applied as they are decided, and at the end make one transition.
 *
 * Invariants:
 * 1. What a turn emitted is already in the state, so that later steps of the same turn see it.
 * 2. If the turn's transition does not commit, the state is thrown away and read again.
 * 3. A turn that settles anything takes one checkpoint, which holds exactly what the turn changed.
 */
import {
  type CheckpointDraft,
  type CheckpointType,
  factKey,
  outputKey,
  type StateChange,
  type StepFact,
} from '../../model/checkpoint.ts'
import type { Dependency } from '../../model/breaker.ts'
import type { Environment } from '../../model/error-record.ts'
import type { RunEvent } from '../../model/event.ts'
import type { Address, ErrorId, Instant, StepId } from '../../model/ids.ts'
import type { Json } from '../../model/json.ts'
import type { Migration } from '../../model/preview.ts'
import type { Policy } from '../../model/policy/policy.ts'
import { howTrimmed } from '../../model/retention.ts'
import type { AttemptRecord, StepRecord } from '../../model/step.ts'
import type { BranchNaming, BranchStart, Moment, PolicySource, Randomness, SealedValue, Storage } from '../ports.ts'
import { type Gate, whoOf } from '../breakers/breakers.ts'
import { apply } from '../state/apply.ts'
import { loopsWithin } from '../planner/loop.ts'
import { attemptKey, type Pass, type RunState } from '../state/run-state.ts'
import { boundless, type Claims } from './claims.ts'
import { errorEndings } from './error-endings.ts'

/** What a turn may use of the world. */
export interface TurnPorts {
  readonly storage: Pick<Storage, 'seal' | 'value' | 'moment' | 'trimmed'>
  readonly randomness: Randomness
  readonly policy: PolicySource
  readonly environment?: Environment
  /** Left out where nothing is held back. */
  readonly breakers?: Gate
}

/** What was made of a run that a turn sent back, beside what its events say. */
export interface SentBack {
  /** Steps that run again since they were compensated. */
  readonly undone: readonly StepId[]
  readonly migration: Migration | null
}

export class Turn {
  readonly state: RunState
  readonly now: Instant
  readonly randomness: Randomness
  /** As it is while the turn decides: what it led to is in the events. */
  readonly policy: Policy
  readonly environment: Environment | null
  readonly events: RunEvent[] = []
  readonly values: SealedValue[] = []
  /** The same values, readable. */
  readonly kept = new Map<Address, Json>()
  readonly checkpoints: CheckpointDraft[] = []
  /** The engine is closing: what ends is kept, and nothing is started that nobody would run. */
  readonly holds: boolean
  /** When what it learns could be known first, where that was before it: an answer came, or something was due. */
  knowable: Instant | null = null
  /** The first turns of child runs that this one creates: they are committed with it. */
  readonly children: Turn[] = []
  /** What the turn may take of what there is only so much of. */
  readonly claims: Claims
  /** Set by a turn that begins a branch. */
  branch: BranchStart | null = null
  /** Set by it too. */
  sentBack: SentBack | null = null
  /** The error for which the run is being sent back: it does not end with the branch that is left. */
  takesAlong: ErrorId | null = null
  /** Set by a turn that names one. */
  named: BranchNaming | null = null
  readonly #ports: TurnPorts
  readonly #breakers: Gate | undefined
  readonly #changes = new Map<string, StateChange>()
  readonly #started = new Set<string>()
  #error: Pass | null = null
  #settled: Pass | null = null

  constructor(state: RunState, now: Instant, ports: TurnPorts, holds: boolean, claims: Claims = boundless) {
    this.state = state
    this.now = now
    this.holds = holds
    this.claims = claims
    this.randomness = ports.randomness
    this.policy = ports.policy()
    this.environment = ports.environment ?? null
    this.#ports = ports
    this.#breakers = ports.breakers
  }

  emit(event: RunEvent): void {
    apply(this.state, event, this.now)
    this.events.push(event)
    this.#note(event)
    for (const ending of errorEndings(this.state, event)) if (ending.id !== this.takesAlong) this.emit(ending)
  }

  /** Keeps a value with this transition and answers its address. @throws ValueRefused */
  keep(value: Json, sensitive: boolean): Address {
    const sealed = this.#ports.storage.seal(this.state.lineage, value, sensitive)
    this.values.push(sealed)
    this.kept.set(sealed.address, value)
    return sealed.address
  }

  /** A checkpoint of the run as it was committed; undefined where it is not kept any more. @throws CorruptionFound */
  moment(checkpoint: number): Moment | undefined {
    return this.#ports.storage.moment(this.state.record.id, checkpoint)
  }

  /** Why a checkpoint is not kept any more, where retention removed it. @throws CorruptionFound */
  howTrimmed(checkpoint: number): string | undefined {
    return howTrimmed(this.#ports.storage.trimmed(this.state.record.id), checkpoint)
  }

  /** Whether a checkpoint can be gone back to, be it that this turn takes it. @throws CorruptionFound */
  keeps(checkpoint: number): boolean {
    return this.checkpoints.some(({ number }) => number === checkpoint) || this.moment(checkpoint) !== undefined
  }

  /** What values of which `part` is equal have in common, also where each is stored under a salt of its own. It is for comparing, and not kept. */
  likeness(address: Address, part: (value: Json) => Json = (value) => value): Address {
    const { lineage } = this.state
    const value = this.kept.get(address) ?? this.#ports.storage.value(lineage.id, address)
    return this.#ports.storage.seal(lineage, part(value), false).address
  }

  /** The first turn of a child run. */
  child(state: RunState): Turn {
    state.throttlesOf = this.state.throttlesOf
    const child = new Turn(state, this.now, this.#ports, this.holds, this.claims.ofChild)
    this.children.push(child)
    return child
  }

  /** Until when the pass waits before it may reach a dependency; null where it may. */
  heldUntil(pass: Pass, dependency: Dependency): Instant | null {
    const { id, workflow } = this.state.record
    return this.#breakers?.admit({ workflow, dependency }, whoOf(id, pass)) ?? null
  }

  /** Changes to the run's state that the next checkpoint holds beside what events make of steps. */
  change(changes: readonly StateChange[]): void {
    for (const change of changes) this.#changes.set(change.key, change)
  }

  /** True for an attempt that this turn decided on: no executor has heard of it yet. */
  hasStarted(attempt: AttemptRecord): boolean {
    return this.#started.has(attemptKey(attempt))
  }

  /** A try went wrong in this turn: the turn's checkpoint says so, even where nothing settled. */
  marksError(pass: Pass): void {
    this.#error = pass
  }

  /** True as long as no checkpoint has anything to say of the turn: only then may it begin a branch. */
  get isClean(): boolean {
    return this.checkpoints.length === 0 && this.#changes.size === 0 && this.#error === null
  }

  /**
   * Whether the run may be sent back in this turn, for what went wrong in it: the branch that it leaves then has no checkpoint of
   * that. A transition that begins a branch holds checkpoints of that branch alone, so where anything has settled it may not.
   */
  leavesBranch(): boolean {
    if (this.checkpoints.length > 0 || this.#changes.size > 0) return false
    this.#error = null
    return true
  }

  /** Takes the turn's own checkpoint, where it settled something or something failed. */
  close(): void {
    if (this.#error !== null) this.checkpoint('error_recovery', this.#error)
    else if (this.#changes.size > 0) this.checkpoint('step_complete', this.#settled)
    this.#error = null
    this.#settled = null
  }

  /** Marks the moment before a critical step starts, after the checkpoint of what led to it. */
  criticalPoint(pass: Pass): void {
    this.close()
    this.checkpoint('critical_point', pass)
  }

  /** Marks the moment before a step starts that its author has named, and answers its checkpoint. */
  savePoint(pass: Pass, name: string): number {
    this.close()
    this.checkpoint('critical_point', pass, name)
    return this.state.record.head
  }

  /** Marks the moment before a step starts, after the checkpoint of what led to it. */
  startPoint(pass: Pass): void {
    this.close()
    this.checkpoint('step_start', pass)
  }

  checkpoint(type: CheckpointType, pass: Pass | null, note: string | null = null): void {
    const { head, branch } = this.state.record
    const number = this.state.record.version === 0 && this.checkpoints.length === 0 ? 0 : head + 1
    const step = pass?.step ?? null
    const iteration = pass?.iteration ?? null
    this.checkpoints.push({ number, branch, type, step, iteration, note, changes: [...this.#changes.values()] })
    this.#changes.clear()
    this.emit({ type: 'checkpoint_taken', number, kind: type, step, iteration })
  }

  /** What a step has come to is part of the turn's checkpoint. */
  noteFact(step: StepId): void {
    const loops = this.state.record.loops[step]
    this.change([{ key: factKey(step), fact: factOf(this.state.step(step), loops) }])
  }

  #note(event: RunEvent): void {
    switch (event.type) {
      case 'step_completed':
      case 'output_edited':
        this.change([{ key: outputKey(event.step, event.iteration), address: event.output }])
        this.noteFact(event.step)
        this.#settled ??= event
        break
      case 'step_skipped':
      case 'step_failed':
      case 'step_renewed':
        this.#settled ??= event
        this.noteFact(event.step)
        break
      case 'looped':
        this.#settled ??= event
        for (const step of [event.step, ...loopsWithin(this.state.graph, event.step, event.to)]) this.noteFact(step)
        break
      case 'attempt_started':
        this.#started.add(attemptKey(event))
        break
      default:
    }
  }
}

const settledAs = { completed: 'completed', skipped: 'skipped', failed: 'failed' } as const

function factOf(record: StepRecord, loops: number | undefined): StepFact {
  const { status } = record
  const settled = status === 'completed' || status === 'skipped' || status === 'failed'
  return {
    iteration: record.iteration,
    status: settled ? settledAs[status] : 'pending',
    ...(record.via === null ? {} : { via: record.via }),
    ...(record.skipped === null ? {} : { skipped: record.skipped }),
    ...(loops === undefined ? {} : { loops }),
  }
}
