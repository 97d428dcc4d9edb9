/**
 * What must hold after every step of a simulation, as far as it can be seen from outside the
 * engine: from the disk, from the ledger of effects, and from what executors were told and answered.
 */
import { isDeepStrictEqual } from 'node:util'
import type { CheckpointDraft } from '../../src/model/checkpoint.ts'
import type { JournalEntry, RunEntry } from '../../src/model/entry.ts'
import type { RunEvent } from '../../src/model/event.ts'
import type { ErrorId, RevisionHash, RunId } from '../../src/model/ids.ts'
import { isEnded } from '../../src/model/status.ts'
import type { Graph } from '../../src/engine/planner/graph.ts'
import { waitsForChild } from '../../src/engine/planner/child-wish.ts'
import { nextTimer } from '../../src/engine/planner/timers.ts'
import type { StoredRun, Task, Transition } from '../../src/engine/ports.ts'
import { applyEntry } from '../../src/engine/state/apply.ts'
import { type Pass, RunState } from '../../src/engine/state/run-state.ts'
import { ArmedPasses } from './armed-passes.ts'
import { CheckpointFold } from './checkpoint-fold.ts'
import type { Circles } from './circles.ts'
import type { Custody } from './custody.ts'
import { ErrorFold } from './error-fold.ts'
import type { EffectsLedger } from './effects-ledger.ts'
import { passesBegun } from './passes-begun.ts'
import type { Shares } from './shares.ts'
import { Timeliness } from './timeliness.ts'
import type { Watch } from './watch.ts'
import type { VitalSigns } from './vital-signs.ts'

export class InvariantBroken extends Error {
  override readonly name = 'InvariantBroken'
}

type Event<T extends RunEvent['type']> = Extract<RunEvent, { type: T }>

export class Invariants {
  readonly #graph: (revision: RevisionHash) => Graph
  readonly #ledger: EffectsLedger
  readonly #signs: VitalSigns
  readonly #circles: Circles
  readonly #custody: Custody
  readonly #timeliness = new Timeliness()
  readonly #shares: Shares
  readonly #watches: readonly Watch[]
  readonly #folded = new Map<RunId, RunState>()
  readonly #checkpoints = new Map<RunId, CheckpointFold>()
  readonly #errors = new Map<RunId, ErrorFold>()
  readonly #errorsKnown = new Set<ErrorId>()
  readonly #completions = new Set<string>()
  readonly #armed = new ArmedPasses()
  readonly #keys = new Map<string, string>()
  /** The run as it was before the entry that sends it back. */
  #before: RunState | undefined
  readonly #acknowledged: { readonly run: RunId; readonly version: number }[] = []
  #position = 0

  constructor(graph: (revision: RevisionHash) => Graph, ledger: EffectsLedger, signs: VitalSigns, circles: Circles, custody: Custody, shares: Shares, watches: readonly Watch[]) {
    this.#graph = graph
    this.#ledger = ledger
    this.#signs = signs
    this.#circles = circles
    this.#custody = custody
    this.#shares = shares
    this.#watches = watches
  }

  /** The host was told that this is kept. */
  acknowledged(entry: JournalEntry): void {
    if (entry.run !== null) this.#acknowledged.push({ run: entry.run, version: entry.version })
  }

  /** An executor was told to run this. A pass has one key, whatever it takes to get it done. */
  started({ ref, phase, idempotencyKey }: Task): void {
    const pass = `${ref.run}/${ref.branch}/${ref.step}/${ref.iteration} ${phase}`
    const known = this.#keys.get(pass) ?? idempotencyKey
    if (known !== idempotencyKey) broken(2, `${pass} has the keys ${known} and ${idempotencyKey}`)
    this.#keys.set(pass, known)
  }

  /** The disk has a new entry; `rows` are the run as stored right after it. Answers the run as its entries tell it. */
  stored(entry: JournalEntry, rows: StoredRun | undefined, transition: Transition | null): RunState | undefined {
    this.#position += 1
    if (entry.position !== this.#position) broken(10, `entry ${entry.position} follows ${this.#position - 1}`)
    const wrong = this.#custody.wrong(entry, transition)
    if (wrong !== undefined) broken(...wrong)
    if (entry.run === null) {
      this.#watch(entry, undefined)
      return undefined
    }
    const state = this.#fold(entry)
    // What is told before a run goes back is told of the branch that it leaves.
    let then = this.#before ?? state
    for (const event of entry.events) {
      if (event.type === 'run_restored') then = state
      this.#inTime(entry, event, then)
      this.#check(entry, event, state)
    }
    const circle = this.#circles.wrong(entry, state)
    if (circle !== undefined) broken(6, circle)
    const excess = this.#shares.wrong(entry, state)
    if (excess !== undefined) broken(13, excess)
    if (rows === undefined) broken(3, `run ${entry.run} has an entry and no rows`)
    this.#watch(entry, state)
    this.#errorsFit(entry, state)
    this.#sameAsRows(state, rows)
    this.#sameAsCheckpoints(entry, rows, transition?.checkpoints ?? [])
    const repeated = this.#ledger.repeated()
    if (repeated.length > 0) broken(2, `effects happened twice: ${repeated.join(', ')}`)
    return state
  }

  /**
   * Nothing acknowledged is lost; every run is as its own entries left it, whatever was made of it since; every unfinished
   * one has something that will move it.
   */
  atRest(load: (run: RunId) => StoredRun | undefined): void {
    for (const { run, version } of this.#acknowledged) {
      const found = load(run)?.record.version ?? -1
      if (found < version) broken(1, `run ${run} was acknowledged at version ${version} and is at ${found}`)
    }
    for (const state of this.#folded.values()) {
      const { id, status } = state.record
      const rows = load(id)
      if (rows !== undefined) this.#sameAsRows(state, rows)
      const waits = !state.record.admitted || [...state.underWay()].some((pass) => pass.waiting?.for === 'resource' || waitsForChild(pass))
      const moves = waits || [...state.attempts()].length > 0 || nextTimer(state) !== undefined || [...state.decisions()].length > 0
      if (!isEnded(status) && status !== 'paused' && status !== 'quarantined' && !moves) {
        broken(6, `nothing will move ${describe(state)}`)
      }
      doubtIsAsked(state)
    }
    for (const watch of this.#watches) {
      const wrong = watch.atRest?.()
      if (wrong !== undefined) broken(...wrong)
    }
    const forgotten = this.#shares.forgotten(this.#folded.values())
    if (forgotten !== undefined) broken(13, forgotten)
    const tied = this.#shares.tied(this.#folded.values())
    if (tied !== undefined) broken(13, tied)
  }

  unfinished(): readonly RunState[] {
    return [...this.#folded.values()].filter(({ record }) => !isEnded(record.status))
  }

  #watch(entry: JournalEntry, state: RunState | undefined): void {
    for (const watch of this.#watches) {
      const wrong = watch.wrong(entry, state, this.#before)
      if (wrong !== undefined) broken(...wrong)
    }
  }

  #errorsFit(entry: RunEntry, state: RunState): void {
    const errors = this.#errors.get(entry.run) ?? new ErrorFold(this.#errorsKnown)
    this.#errors.set(entry.run, errors)
    const fault = errors.fault(entry, state)
    if (fault !== undefined) broken(6, `the errors of ${describe(state)}: ${fault}`)
  }

  #sameAsCheckpoints({ run, events }: RunEntry, rows: StoredRun, added: readonly CheckpointDraft[]): void {
    const fold = this.#checkpoints.get(run) ?? new CheckpointFold()
    this.#checkpoints.set(run, fold)
    for (const event of events) if (event.type === 'run_restored') fold.goBack(event.to)
    for (const checkpoint of added) fold.add(checkpoint)
    const difference = fold.difference(rows)
    if (difference !== undefined) broken(3, `the checkpoints of run ${run} are not its rows: ${difference}`)
  }

  #fold(entry: RunEntry): RunState {
    const known = this.#folded.get(entry.run) ?? this.#create(entry)
    const before = known.record.status
    if (isEnded(before) && !entry.events.some(({ type }) => mayFollowTheEnd.has(type)) && !entry.events.every(tellsOfDamage)) {
      broken(7, `run ${entry.run} moved after it had ended as ${before}: ${JSON.stringify(entry)}`)
    }
    this.#before = entry.events.some(({ type }) => type === 'run_restored') ? known.copy() : undefined
    applyEntry(known, entry)
    return known
  }

  #create(entry: RunEntry): RunState {
    const [first] = entry.events
    if (first?.type !== 'run_created') throw new InvariantBroken(`run ${entry.run} begins with ${first?.type ?? 'nothing'}`)
    const lineage = { id: first.run.lineage, salt: new Uint8Array() }
    const state = new RunState(this.#graph, lineage, first.run)
    this.#folded.set(entry.run, state)
    return state
  }

  #inTime(entry: RunEntry, event: RunEvent, state: RunState): void {
    const silence = this.#signs.wrong(entry, event, { record: state.record, manifest: (step) => state.manifest(step) })
    if (silence !== undefined) broken(11, silence)
    const early = this.#timeliness.wrong(entry, event, state)
    if (early !== undefined) broken(11, early)
  }

  #check(entry: RunEntry, event: RunEvent, state: RunState): void {
    if (event.type === 'run_closing') {
      neverStandsStill(entry, event)
      rolledBackWithinBound(entry, event, state)
    }
    switch (event.type) {
      case 'run_created':
        return this.#created(entry, event)
      case 'run_restored':
        return this.#wentBack(entry, event, state)
      case 'step_completed':
        return this.#completedOnce(entry, event, state)
      case 'attempt_started':
        return this.#startedRightly(entry, event, state)
      case 'step_skipped':
        return saysWhy(entry, event, state)
      case 'looped':
        return withinBound(entry, event, state)
      case 'decision_opened':
        return this.#armed.asked(event, state)
      case 'decision_closed':
        this.#armed.answered(entry, event)
        return decidedRightly(entry, event)
      case 'run_moved':
        return this.#endedRightly(event, state)
      default:
    }
  }

  /** What a replay takes over has completed in it too. */
  #created(entry: RunEntry, { run, passes }: Event<'run_created'>): void {
    if (run.origin !== null && !run.disarmed) broken(5, `replay ${entry.run} of ${run.origin.run} is not disarmed`)
    for (const { step, iteration, status, compensation } of passes) {
      if (compensation !== 'none') broken(8, `replay ${entry.run} owes the compensation of ${step}, which another run did`)
      if (status === 'completed') this.#completions.add(`${entry.run}/0/${step}/${iteration}`)
    }
  }

  /** What had completed by then has completed on the new branch too. */
  #wentBack(entry: RunEntry, event: Event<'run_restored'>, state: RunState): void {
    const { branch } = event
    const closing = this.#before?.record.closing ?? entry.events.flatMap((other) => (other.type === 'run_closing' ? other.closing : [])).at(-1)
    const isRolledBack = closing?.outcome === 'rolled_back' && closing.to.checkpoint === event.to
    if (!isRolledBack && entry.actor.kind !== 'person' && !event.byItself) broken(5, `run ${entry.run} went back by ${entry.actor.kind}`)
    for (const { step, iteration, status } of passesBegun(event, state)) {
      if (status === 'completed') this.#completions.add(`${entry.run}/${branch}/${step}/${iteration}`)
    }
    const unknown = [...state.history()].find(({ step }) => !state.graph.steps.has(step))
    if (unknown !== undefined) broken(3, `run ${entry.run} went back with ${unknown.step}, which its definition does not have`)
  }

  #completedOnce(entry: RunEntry, { step, iteration }: Event<'step_completed'>, { record }: RunState): void {
    const pass = `${entry.run}/${record.branch}/${step}/${iteration}`
    if (this.#completions.has(pass)) broken(2, `${pass} completed twice`)
    this.#completions.add(pass)
  }

  #startedRightly(entry: RunEntry, { step, iteration, phase }: Event<'attempt_started'>, state: RunState): void {
    const pass = `${entry.run}/${state.record.branch}/${step}/${iteration}`
    const completed = this.#completions.has(pass)
    if (phase === 'run' && completed) broken(2, `${pass} runs again though it completed`)
    if (phase === 'compensate' && !completed) broken(8, `${pass} is compensated though it never completed`)
    const { paused, status, closing } = state.record
    if (paused || status === 'quarantined') broken(2, `${pass} starts while its run is ${status}`)
    if (phase === 'check') return checkedRightly(pass, state, { step, iteration })
    if (!this.#armed.mayAct(state, { step, iteration }, phase)) broken(5, `${pass} touches the outside world and nobody has armed it`)
    if (phase === 'compensate') return
    const live = [...state.attempts()].filter((attempt) => attempt.step === step)
    // What the turn that closes it had started is stopped by it.
    const isClosedBefore = closing !== null && !entry.events.some(({ type }) => type === 'run_closing')
    if (isClosedBefore && live.length > 0) broken(8, `${pass} starts while its run is closing`)
    if (live.length > 1) broken(2, `${entry.run}/${step} has ${live.length} attempts at once`)
    for (const need of state.manifest(step).needs) {
      const { status } = state.step(need)
      if (status !== 'completed' && status !== 'skipped') broken(2, `${pass} started while it needs ${need}, which is ${status}`)
    }
  }

  #endedRightly({ to }: Event<'run_moved'>, state: RunState): void {
    if (!isEnded(to)) return
    const { id } = state.record
    const owed = [...state.history()].find(({ compensation }) => compensation === 'owed')
    if (to !== 'completed' && owed !== undefined) broken(8, `run ${id} ended while ${owed.step} owes its compensation`)
    if (!state.attempts().next().done) broken(6, `run ${id} ended with a live attempt`)
    if (!state.decisions().next().done) broken(9, `run ${id} ended with a pending decision`)
    const open = [...state.present()].find(({ status }) => status === 'pending' || status === 'running' || status === 'waiting')
    if (open !== undefined) broken(6, `run ${id} ended while ${open.step} is ${open.status}`)
  }

  #sameAsRows(state: RunState, rows: StoredRun): void {
    compare('record', state.record, rows.record)
    compare('steps', bySortKey([...state.history()]), bySortKey(rows.steps))
    compare('attempts', bySortKey([...state.attempts()]), bySortKey(rows.attempts))
    compare('decisions', [...state.decisions()].map(({ id }) => id).toSorted(), rows.decisions.map(({ id }) => id).toSorted())
    compare('errors', byId([...state.errors()]), byId(rows.errors))
  }
}

/** The receiver is asked about what is in doubt alone, by one attempt, and not while a person is asked. */
function checkedRightly(pass: string, state: RunState, at: Pass): void {
  const { status } = state.pass(at)
  const isOfPass = ({ step, iteration }: Pass): boolean => step === at.step && iteration === at.iteration
  if (status !== 'in_doubt') broken(2, `the receiver is asked about ${pass}, which is ${status}`)
  if ([...state.attempts()].filter(isOfPass).length > 1) broken(2, `the receiver is asked about ${pass} twice at once`)
  if (state.decisions().some(isOfPass)) broken(9, `the receiver is asked about ${pass} while a person is`)
}

/** What is in doubt is with its check, or with a person. */
function doubtIsAsked(state: RunState): void {
  const { paused, status } = state.record
  if (paused || status === 'quarantined') return
  for (const record of state.underWay()) {
    const isOfPass = ({ step, iteration }: Pass): boolean => step === record.step && iteration === record.iteration
    const isAsked = record.waiting !== null || state.attempts().some(isOfPass) || state.decisions().some(isOfPass)
    if (record.status === 'in_doubt' && !isAsked) broken(6, `${record.step}#${record.iteration} is in doubt, and nobody is asked`)
  }
}

/** An ended run goes on where a person sends it back; its branches may be named, and what it was cut off from may answer. */
const mayFollowTheEnd: ReadonlySet<RunEvent['type']> = new Set(['run_recovered', 'run_restored', 'run_called_back', 'result_refused', 'branch_named', 'run_kept', 'run_unkept'])

/** That something of an ended run is damaged is on record until it is mended: the record alone moves. */
function tellsOfDamage(event: RunEvent): boolean {
  if (event.type === 'error_opened' || event.type === 'error_recurred') {
    const { class: kind } = event.type === 'error_opened' ? event.error.failure : event.failure
    return kind === 'corruption'
  }
  return event.type === 'recovery_began' || event.type === 'error_closed'
}

/** These definitions are sound: where nothing moves a run any more, that is the engine's doing. */
function neverStandsStill({ run }: RunEntry, { closing }: Event<'run_closing'>): void {
  const { failure } = closing
  // What a child failed of was looked at there.
  if (failure?.child !== undefined) return
  // Runs that wait for one another are nothing wrong: one gives way, or a person lets it fail.
  if (failure?.deadlock !== undefined) return failure.deadlock[0]?.run === run ? undefined : broken(13, `run ${run} ends for others that wait for one another`)
  if (failure?.class === 'deadlock' || failure?.class === 'stuck') broken(6, `run ${run} came to a standstill: ${failure.message}`)
}

/** No failure leads back to a savepoint more often than some step's definition says. */
function rolledBackWithinBound({ run }: RunEntry, { closing }: Event<'run_closing'>, { record, graph }: RunState): void {
  if (closing.outcome !== 'rolled_back' || closing.by.kind === 'person' || closing.lost !== undefined) return
  const { name } = closing.to
  const bounds = graph.manifest.steps.flatMap(({ rollback }) => (rollback?.to === name ? rollback.max : []))
  const times = record.rollbacks?.[name] ?? 0
  if (times > Math.max(0, ...bounds)) broken(8, `run ${run} was rolled back to ${name} ${times} times`)
}

/** What is left out for want of another says of which, and that one was left out itself: by itself, or for one that its definition has no more. */
function saysWhy({ run }: RunEntry, { step, iteration, reason }: Event<'step_skipped'>, state: RunState): void {
  if (reason !== 'dependency') return
  const { follows } = state.pass({ step, iteration })
  if (follows?.as !== 'skipped') broken(6, `${run}/${step} is left out, and nothing says because of what`)
  const before = state.iterations(follows.from).some((pass) => pass.status === 'skipped' && (pass.skipped !== 'dependency' || pass.follows === null))
  if (!before) broken(6, `${run}/${step} is said to be left out with ${follows.from}, which was not`)
}

/** A step sends the run back no more often than its definition says (a later loop gives it its bound anew). */
function withinBound({ run }: RunEntry, { step, count }: Event<'looped'>, state: RunState): void {
  const { loop } = state.manifest(step)
  if (loop === null || count > loop.max) broken(2, `${run}/${step} has looped ${count} times, its bound is ${loop?.max ?? 0}`)
}

/** A decision ends by a person, by withdrawal, or by its deadline, which never approves (invariant 9). */
function decidedRightly(entry: RunEntry, { status, actor, id }: Event<'decision_closed'>): void {
  const byPerson = actor.kind === 'person' && entry.actor.kind === 'person'
  const byRule = status === 'withdrawn' || status === 'expired'
  if (byPerson === byRule) broken(9, `decision ${id} was ${status} by ${actor.kind}`)
}

function bySortKey<T extends { readonly step: string; readonly iteration: number }>(rows: readonly T[]): readonly T[] {
  return rows.toSorted((a, b) => a.step.localeCompare(b.step) || a.iteration - b.iteration)
}

function byId<T extends { readonly id: string }>(rows: readonly T[]): readonly T[] {
  return rows.toSorted((a, b) => a.id.localeCompare(b.id))
}

function compare(what: string, folded: unknown, stored: unknown): void {
  if (isDeepStrictEqual(folded, stored)) return
  broken(3, `${what} stored are not the fold of the journal:\n${JSON.stringify(stored)}\n${JSON.stringify(folded)}`)
}

function broken(invariant: number, what: string): never {
  throw new InvariantBroken(`invariant ${invariant}: ${what}`)
}

/** A run in a line, for a failure's message. */
export function describe(state: RunState): string {
  const steps = [...state.present()].map(({ step, status, waiting }) => `${step} ${status} ${waiting?.for ?? ''}`.trim())
  return `run ${state.record.id} (${state.record.status}: ${steps.join(', ')})`
}
