/**
 * The fold: what each event makes of a run. Stored rows and the fold of the journal are the same,
 * since both come from here.
 *
 * Invariants:
 * 1. Every status moves through the one table; an illegal move throws before anything has changed.
 * 2. Nothing is read but the state, the event and the instant of its entry.
 */
import { type ErrorRecord, mostRecoveries, type Recovery, type RecoveryOutcome } from '../../model/error-record.ts'
import type { RunEventMap, RunEventType } from '../../model/event.ts'
import { type ErrorId, type Instant, StepId } from '../../model/ids.ts'
import { waitsForPerson } from '../../model/recovery-strategy.ts'
import type { Hold } from '../../model/resource.ts'
import type { Closing, RunClock, RunRecord } from '../../model/run.ts'
import type { RunEntry } from '../../model/entry.ts'
import { isEnded, type RunStatus, type RunWait, type StepStatus } from '../../model/status.ts'
import type { Phase, StepRecord } from '../../model/step.ts'
import { move } from '../../model/transitions.ts'
import { loopsWithin } from '../planner/loop.ts'
import { freshPass } from '../../model/fresh-pass.ts'
import type { Pass, RunState } from './run-state.ts'

type Appliers = { readonly [T in RunEventType]: (state: RunState, event: RunEventMap[T], at: Instant) => void }

/** Applies one event. @throws IllegalTransition */
export function apply<T extends RunEventType>(state: RunState, event: RunEventMap[T], at: Instant): void {
  const type: T = event.type
  appliers[type](state, event, at)
}

/** Applies a whole entry: its events, and what an entry itself says. */
export function applyEntry(state: RunState, entry: RunEntry): void {
  for (const event of entry.events) apply(state, event, entry.at)
  seal(state, entry)
}

/** What a person may do to a run and leave it as it is: nobody who looked before has to look again. */
const marks: ReadonlySet<RunEventType> = new Set(['checkpoint_taken', 'branch_named', 'run_kept', 'run_unkept', 'recoveries_reset'])

/** What an entry makes of the run beside its events: version, time, and whether a person acted, from when on recoveries count anew. */
export function seal(state: RunState, { at, version, actor, events }: Pick<RunEntry, 'at' | 'version' | 'actor' | 'events'>): void {
  const acted = actor.kind === 'person' && events.some(({ type }) => !marks.has(type))
  state.record = { ...state.record, version, updatedAt: at, ...(acted && { touched: version, recoveries: 0, sentBack: 0 }) }
}

const appliers: Appliers = {
  run_created: (state, { run, passes }) => {
    state.record = run
    for (const step of state.graph.order) state.putStep(freshPass(run, step, 1))
    for (const pass of passes) state.putStep(pass)
  },
  run_moved: (state, { to, waiting }, at) => {
    const from = state.record.status
    const status = from === to ? to : move('run', state.record.id, from, to)
    const clock = ticked(state.record.clock, counts(status, waiting), at)
    change(state, { status, waiting, clock, endedAt: isEnded(status) ? at : null })
  },
  run_closing: (state, { closing }) => {
    const { rollbacks } = state.record
    change(state, { closing, failure: closing.failure, rollbacks: counted(rollbacks, closing), givenWay: givenWay(state.record, closing) })
  },
  grace_given: (state, { since, until }) => {
    const { closing } = state.record
    if (closing !== null && closing.outcome !== 'rolled_back') change(state, { closing: { ...closing, grace: { since, until } } })
  },
  run_quarantined: (state, { failure }, at) => {
    const status = move('run', state.record.id, state.record.status, 'quarantined')
    change(state, { status, waiting: null, failure, clock: ticked(state.record.clock, false, at) })
  },
  run_released: (state, _, at) => {
    const { id, closing, clock } = state.record
    const status = move('run', id, state.record.status, 'running')
    change(state, { status, waiting: null, failure: closing?.failure ?? null, clock: ticked(clock, counts(status, null), at) })
  },
  run_queued: (state) => change(state, { admitted: false }),
  run_admitted: (state) => change(state, { admitted: true }),
  run_paused: (state, { held = false }) => change(state, { paused: true, parent: heldBy(state, held) }),
  run_resumed: (state) => change(state, { paused: false, parent: heldBy(state, false) }),
  run_recovered: (state, { lastSeen }, at) => {
    const { spent, since } = state.record.clock
    if (since !== null) change(state, { clock: { spent: spent + Math.max(0, lastSeen - since), since: at } })
  },
  // Like a run that is created, it moves on from `queued` in the same entry. Its timeout counts from here.
  run_restored: (state, { branch, generation, kept, passes, loops, basis, byItself }) => {
    const stay = Object.entries(kept).flatMap(([step, count]) => state.iterations(StepId.parse(step)).slice(0, count))
    state.leaveBranch()
    const afresh = { status: 'queued', waiting: null, closing: null, holds: null, failure: null, endedAt: null } as const
    const sentBack = byItself ? state.record.sentBack + 1 : 0
    change(state, { ...afresh, ...basis, branch, generation, loops, sentBack, clock: { spent: 0, since: null } })
    // What the run goes back for goes along; whatever else was wrong has been withdrawn.
    for (const error of [...state.errors()]) state.putError({ ...error, branch })
    for (const pass of stay) state.keepStep({ ...pass, branch })
    for (const pass of passes) state.putStep(pass)
    for (const step of state.graph.order) {
      if (state.iterations(step).length === 0) state.putStep(freshPass(state.record, step, 1))
    }
  },
  // It had ended: like a run that is sent back, it leaves that by its own entry, and by no move of the table.
  run_called_back: (state, { closing }) =>
    change(state, { status: 'compensating', waiting: null, closing, failure: closing.failure, endedAt: null }),
  branch_named: () => undefined,
  run_kept: (state, { by, why }, at) => change(state, { kept: { by, why, at } }),
  run_unkept: (state) => change(state, { kept: null }),
  recoveries_reset: (state) => change(state, { recoveries: 0, sentBack: 0 }),
  result_refused: () => undefined,

  attempt_started: (state, event, at) => {
    const record = state.pass(event)
    const status = event.phase === 'run' ? moved(record, 'running') : record.status
    state.putAttempt({
      branch: record.branch,
      step: event.step,
      iteration: event.iteration,
      attempt: event.attempt,
      phase: event.phase,
      status: 'running',
      effect: event.effect,
      timeout: event.timeout,
      allowance: event.allowance,
      failure: null,
      startedAt: at,
      endedAt: null,
    })
    state.putStep({
      ...record,
      attempts: event.attempt,
      waiting: null,
      status,
      startedAt: record.startedAt ?? at,
    })
  },
  effect_begun: (state, event) => {
    const attempt = state.attempt(event)
    if (attempt !== undefined) state.putAttempt({ ...attempt, effect: 'begun' })
  },
  attempt_ended: (state, event, at) => {
    const attempt = state.attempt(event)
    if (attempt === undefined) throw new Error(`no live attempt ${event.step}#${event.iteration}#${event.attempt}`)
    const { status, failure } = event
    state.putAttempt({ ...attempt, status: move('attempt', event.step, attempt.status, status), failure, endedAt: at })
    const record = state.pass(event)
    const tried = event.counts ? 1 : 0
    const tries = (phase: Phase): number => (attempt.phase === phase ? tried : 0)
    state.putStep({
      ...record,
      tries: record.tries + tries('run'),
      compensationTries: record.compensationTries + tries('compensate'),
      checkTries: record.checkTries + tries('check'),
      suspect: record.suspect || (event.counts && (failure?.class === 'crash' || (failure?.class === 'resource' && failure.exceeded !== undefined))),
    })
  },

  step_waiting: (state, event) =>
    put(state, event, 'waiting', {
      waiting: { for: event.for, until: event.until, ...(event.on !== undefined && { on: event.on }) },
      failure: event.failure,
    }),
  allowance_raised: (state, event) => {
    const record = state.pass(event)
    state.putStep({ ...record, allowance: { ...record.allowance, ...event.allowance } })
  },
  resources_awaited: (state, event, at) => {
    const waiting = { for: 'resource', until: null, since: at, ...(event.on !== undefined && { on: event.on }) } as const
    if (event.phase === 'run') put(state, event, 'waiting', { waiting })
    else state.putStep({ ...state.pass(event), waiting })
  },
  resources_held: (state, { step, iteration, held, checkpoint }, at) => {
    const { holds, version: order } = state.record
    const hold = (amount: number): Hold => ({ amount, step, iteration, since: at, checkpoint, order })
    change(state, { holds: { ...holds, ...Object.fromEntries(Object.entries(held).map(([name, amount]) => [name, hold(amount)])) } })
  },
  resources_released: (state, { names }) => {
    const left = Object.entries(state.record.holds ?? {}).filter(([name]) => !names.includes(name))
    change(state, { holds: left.length === 0 ? null : Object.fromEntries(left) })
  },
  step_ready: (state, event) => put(state, event, 'pending', { waiting: null }),
  step_armed: (state, event) => {
    if (event.phase === 'run') put(state, event, 'pending', { waiting: null, armed: 'run' })
    else state.putStep({ ...state.pass(event), waiting: null, armed: 'compensate' })
  },
  step_follows: (state, event) => state.putStep({ ...state.pass(event), follows: event.follows }),
  savepoint_passed: (state, event) => {
    state.putStep({ ...state.pass(event), savepoint: { checkpoint: event.checkpoint, order: state.record.version } })
  },
  step_completed: (state, event, at) => {
    const owes = event.via === null && state.manifest(event.step).compensates
    put(state, event, 'completed', {
      output: event.output,
      via: event.via,
      failure: null,
      compensation: owes ? 'owed' : 'none',
      order: state.record.version,
      completedAfter: state.record.head,
      ...settled(at),
    })
  },
  step_skipped: (state, event, at) =>
    put(state, event, 'skipped', { skipped: event.reason, failure: event.failure, ...settled(at) }),
  step_failed: (state, event, at) => put(state, event, 'failed', { failure: event.failure, ...settled(at) }),
  step_in_doubt: (state, event) => put(state, event, 'in_doubt', { failure: event.failure, waiting: null, checkTries: 0 }),
  check_waiting: (state, event) => state.putStep({ ...state.pass(event), waiting: { for: 'backoff', until: event.until } }),
  // That it did not happen is a try that failed: otherwise a receiver that never gets it would be tried for ever.
  doubt_settled: (state, event) => {
    const record = state.pass(event)
    state.putStep({ ...record, tries: record.tries + (event.happened ? 0 : 1) })
  },
  step_cancelled: (state, event, at) => put(state, event, 'cancelled', settled(at)),
  step_superseded: (state, event, at) => put(state, event, 'superseded', settled(at)),
  step_renewed: (state, event) => state.putStep(freshPass(state.record, event.step, event.iteration)),
  looped: (state, event) => {
    const within: ReadonlySet<string> = new Set(loopsWithin(state.graph, event.step, event.to))
    const kept = Object.entries(state.record.loops).filter(([step]) => !within.has(step))
    change(state, { loops: { ...Object.fromEntries(kept), [event.step]: event.count } })
  },
  loop_left: () => undefined,
  output_edited: (state, event) => state.putStep({ ...state.pass(event), output: event.output }),
  compensation_waiting: (state, event) => {
    const waiting = { for: event.until === null ? ('decision' as const) : ('backoff' as const), until: event.until }
    state.putStep({ ...state.pass(event), waiting, failure: event.failure })
  },
  compensation_settled: (state, event) =>
    state.putStep({ ...state.pass(event), compensation: event.as, waiting: null }),

  child_begun: (state, event) =>
    put(state, event, 'waiting', { waiting: { for: 'child', until: event.until }, failure: null, child: event.child }),
  child_stopping: (state, event) => {
    state.putStep({ ...state.pass(event), waiting: { for: 'child', until: null }, failure: event.failure })
  },
  child_called_back: (state, event) => state.putStep({ ...state.pass(event), waiting: { for: 'child', until: null } }),
  child_ended: () => undefined,
  decision_opened: (state, { decision }) => state.putDecision(decision),
  decision_closed: (state, event, at) => {
    const decision = state.decision(event.id)
    if (decision === undefined) throw new Error(`no pending decision ${event.id}`)
    const { action, note, edit, actor } = event
    const status = move('decision', event.id, decision.status, event.status)
    state.putDecision({ ...decision, status, action, note, edit, actor, closedAt: at })
  },
  error_opened: (state, { error }) => state.putError(error),
  error_recurred: (state, { id, type: _, ...again }, at) => {
    const error = errorIn(state, id)
    const attempts = again.attempts === null ? error.attempts : { first: error.attempts?.first ?? again.attempts.first, last: again.attempts.last }
    const recoveries = ended(error.recoveries, 'failed', at)
    state.putError({ ...error, ...again, attempts, recoveries })
  },
  recovery_began: (state, { id, recovery, counts }, at) => {
    if (counts) change(state, { recoveries: state.record.recoveries + 1 })
    const error = errorIn(state, id)
    const to = waitsForPerson(recovery.strategy) ? 'waiting' : 'recovering'
    const status = error.status === to ? to : move('error', id, error.status, to)
    const before = ended(error.recoveries, error.status === 'waiting' ? 'answered' : 'failed', at)
    const began: Recovery = { ...recovery, beganAt: at, endedAt: null, outcome: 'under_way' }
    state.putError({ ...error, status, made: error.made + 1, recoveries: [...before, began].slice(-mostRecoveries) })
  },
  error_closed: (state, { id, status: to }, at) => {
    const error = errorIn(state, id)
    const status = move('error', id, error.status, to)
    const recoveries = ended(error.recoveries, closedAs[to], at)
    state.putError({ ...error, status, recoveries, closedAt: at })
  },
  checkpoint_taken: (state, { number }) => change(state, { head: number }),
}

/** What a person rolls back does not count, nor does giving way. */
function counted(rollbacks: RunRecord['rollbacks'], closing: Closing): RunRecord['rollbacks'] {
  if (closing.outcome !== 'rolled_back' || closing.by.kind === 'person' || closing.lost !== undefined) return rollbacks
  const { name } = closing.to
  return { ...rollbacks, [name]: (rollbacks?.[name] ?? 0) + 1 }
}

function givenWay({ givenWay: before }: RunRecord, closing: Closing): RunRecord['givenWay'] {
  if (closing.outcome !== 'rolled_back' || closing.lost === undefined) return before
  const behind = closing.failure?.deadlock?.at(-1)?.turn
  return { times: (before?.times ?? 0) + 1, lost: (before?.lost ?? 0) + closing.lost, ...(behind !== undefined && { behind }) }
}

/** What became of what was done last about an error that ends. */
const closedAs = { recovered: 'worked', failed: 'failed', withdrawn: 'withdrawn' } as const

function errorIn(state: RunState, id: ErrorId): ErrorRecord {
  const error = state.error(id)
  if (error === undefined) throw new Error(`no open error ${id}`)
  return error
}

/** What is under way about an error has come to an end. */
function ended(recoveries: readonly Recovery[], outcome: RecoveryOutcome, at: Instant): Recovery[] {
  return recoveries.map((each) => (each.outcome === 'under_way' ? { ...each, outcome, endedAt: at } : each))
}

/** Whether the run is paused only since its parent is; null where it has none. */
function heldBy({ record: { parent } }: RunState, held: boolean): RunRecord['parent'] {
  return parent === null || parent.held === held ? parent : { ...parent, held }
}

function change(state: RunState, fields: Partial<RunRecord>): void {
  state.record = { ...state.record, ...fields }
}

function put(state: RunState, pass: Pass, to: StepStatus, fields: Partial<StepRecord>): void {
  const record = state.pass(pass)
  state.putStep({ ...record, ...fields, status: moved(record, to) })
}

function moved(record: StepRecord, to: StepStatus): StepStatus {
  return record.status === to ? to : move('step', record.step, record.status, to)
}

function settled(at: Instant): Pick<StepRecord, 'endedAt' | 'waiting'> {
  return { endedAt: at, waiting: null }
}

/** Waiting for a person or in a `wait` does not count, nor does being paused, closing or ended. */
function counts(status: RunStatus, waiting: RunWait | null): boolean {
  if (status === 'waiting') return waiting !== 'timer' && waiting !== 'decision' && waiting !== 'in_doubt' && waiting !== 'dead_letter'
  return status === 'running'
}

function ticked(clock: RunClock, counting: boolean, at: Instant): RunClock {
  const spent = clock.since === null ? clock.spent : clock.spent + Math.max(0, at - clock.since)
  return { spent, since: counting ? at : null }
}
