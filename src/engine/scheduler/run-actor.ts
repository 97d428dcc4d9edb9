/**
 * One live run: takes turns one at a time, commits each, and keeps executors in step with what is committed.
 *
 * Invariants:
 * 1. A turn begins on committed state: the one before it has committed, or the state is read again first.
 * 2. An executor runs an attempt only if a commit says that it is live (law 1).
 * 3. What the engine itself has learnt (an attempt ended) is tried until it is committed; a person's action is
 *    tried once, and the person is told. So is taking the run up, and whoever does that is told.
 */
import { type Actor, engineActor, hostActor } from '../../model/actor.ts'
import type { Dependency, HeldBack } from '../../model/breaker.ts'
import { Unavailable } from '../../model/control-errors.ts'
import type { RunId, WorkflowName } from '../../model/ids.ts'
import { rulesFor } from '../../model/policy/policy.ts'
import type { RunRecord } from '../../model/run.ts'
import { isEnded } from '../../model/status.ts'
import type { AttemptRecord } from '../../model/step.ts'
import { CorruptionFound, StorageError } from '../../model/storage-errors.ts'
import type { Breakers } from '../breakers/breakers.ts'
import type { Throttles } from '../throttles/throttles.ts'
import type { ChildOf, ChildWish } from '../planner/child-wish.ts'
import { longestSilence, nextTimer } from '../planner/timers.ts'
import type { AttemptResult } from '../kinds/kind.ts'
import type { AttemptRef, Committed, Ports } from '../ports.ts'
import { RunState } from '../state/run-state.ts'
import { attemptEnded } from '../turn/attempt-ended.ts'
import { conclude } from '../turn/conclude.ts'
import { isInsideUnsafeEffect } from '../turn/end-attempt.ts'
import { breakerClosed } from '../turn/hold-back.ts'
import { tellDamage } from '../turn/quarantine.ts'
import { refuseResult } from '../turn/refuse-result.ts'
import { timersFired } from '../turn/timer-fired.ts'
import { Turn } from '../turn/turn.ts'
import type { Allocator } from '../allocation/allocator.ts'
import type { CrashLoops } from './crash-loops.ts'
import type { Definitions } from './definitions.ts'
import { InFlight } from './in-flight.ts'
import { MetDamage, type OnDamage } from './met-damage.ts'
import { type Proposed, propose, tell } from './proposed.ts'
import { lostRun } from './seen.ts'
import { refOf, taskOf } from './task.ts'
import { TurnQueue } from './turn-queue.ts'
import { RunValues } from './values.ts'
import { mayPass, passed, retryDelay, waitedOut } from './waited-out.ts'
import { WishesTold } from './wishes-told.ts'

const thrown: OnDamage = async (error) => {
  throw error
}

export type Decide = (turn: Turn) => void

/** What an actor shares with the others. */
export interface Surroundings {
  readonly ports: Ports
  readonly definitions: Definitions
  readonly breakers: Breakers
  readonly throttles: Throttles
  readonly allocator: Allocator
  readonly crashLoops: CrashLoops
  /** Child runs that the transition of an actor's run has created. */
  readonly begun: (children: readonly RunState[]) => void
  /** What a run wants of a child of its, by what is committed. */
  readonly wishes: (parent: RunActor, of: ChildOf, wish: ChildWish) => void
  /** A child has ended, by what is committed, or cannot go on in this host. */
  readonly ended: (record: RunRecord) => void
  /** The run has ended and nothing of it is in an executor any more. */
  readonly left: (actor: RunActor) => void
}

export class RunActor {
  readonly id: RunId
  readonly workflow: WorkflowName
  /** Resolves once the run goes on, with how many attempts an earlier host left under way; rejects with why it does not: a fault that may pass is for whoever takes it up. */
  readonly takenUp: Promise<number>
  readonly #around: Surroundings
  readonly #values: RunValues
  readonly #queue = new TurnQueue(() => this.#afterWork())
  readonly #inFlight: InFlight
  readonly #wishes = new WishesTold()
  readonly #damage: MetDamage
  #state: RunState
  #isNew: boolean
  /** False until what an earlier host left under way has been cut off: nothing starts before that. */
  #goesOn: boolean
  #stale = false
  #disarm: () => void = () => undefined
  #isReadingAgain = false
  /** Set once the engine is closing: to be told when nothing is inside an effect any more. */
  #drained: (() => void) | null = null

  private constructor(state: RunState, around: Surroundings, takesUp: Decide | null, isNew = takesUp === null) {
    this.id = state.record.id
    this.workflow = state.record.workflow
    this.#around = around
    this.#inFlight = new InFlight({ run: this.id, workflow: this.workflow, ports: around.ports, breakers: around.breakers, throttles: around.throttles })
    this.#state = state
    this.#show(state)
    this.#isNew = isNew
    this.#goesOn = takesUp === null
    if (!isNew) around.allocator.settled(state, around.ports.clock.now())
    this.#damage = new MetDamage({
      id: this.id,
      ports: around.ports,
      queue: this.#queue,
      state: () => this.#state,
      untilCommitted: (actor, decide, onDamage) => this.#untilCommitted(actor, decide, onDamage),
      ended: around.ended,
    })
    this.#values = new RunValues(around.ports.storage)
    this.takenUp = takesUp === null ? Promise.resolve(0) : this.#takeUp(takesUp)
  }

  /** A run that is about to be created by its first turn. */
  static create(state: RunState, around: Surroundings): RunActor {
    return new RunActor(state, around, null)
  }

  /** A run that the transition of its parent has just created. */
  static begun(state: RunState, around: Surroundings): RunActor {
    const actor = new RunActor(state, around, null, false)
    around.crashLoops.on(actor.id, () => actor.#reconcile())
    return actor
  }

  /** A stored run. Before anything else happens to it, what an earlier host left under way is cut off by its first turn. */
  static takeUp(state: RunState, around: Surroundings, first: Decide): RunActor {
    return new RunActor(state, around, first)
  }

  /** What keeps the run from going on in this host, its quarantine too. */
  get damage(): CorruptionFound | null {
    return this.#damage.last
  }

  /** Whether nothing of it is known to be stored. */
  get isNew(): boolean {
    return this.#isNew
  }

  /** Whether something of it is under way. */
  get isAtWork(): boolean {
    return this.#inFlight.size > 0
  }

  /** Reads the run between turns; what it sees is committed. @throws StorageError, and whatever `look` throws. */
  read<T>(look: (state: RunState, values: RunValues) => T): Promise<T> {
    return this.#queue.add(async () => {
      try {
        this.#refresh()
        return look(this.#state, this.#values)
      } catch (error) {
        if (error instanceof CorruptionFound) await this.#damage.setAside(error)
        throw error
      }
    })
  }

  /** A person's turn, tried once. @throws StorageError where it could not be committed, and whatever `decide` throws. */
  act(actor: Actor, decide: Decide): Promise<RunRecord> {
    return this.#queue.add(async () => {
      try {
        return await this.#turn(actor, decide)
      } catch (error) {
        if (error instanceof CorruptionFound && !this.#damage.isUnwritable(error) && !this.#isNew) await this.#damage.setAside(error)
        else if (this.#stale && !this.#isNew) this.#background('reading it again', this.learn(() => undefined))
        throw error
      }
    })
  }

  /** Nothing of the run moves any more, as if the damage had been met by itself. Where it has ended, that is on record. */
  quarantine(damage: CorruptionFound): Promise<void> {
    return this.#queue.add(async () => {
      const { status } = this.#state.record
      if (isEnded(status)) await this.#untilCommitted(engineActor, (turn) => tellDamage(turn, damage), thrown)
      else if (status !== 'quarantined') await this.#damage.setAside(damage)
    })
  }

  /** A turn of the engine's own, tried until it is committed or the engine closes. */
  learn(decide: Decide): Promise<RunRecord> {
    return this.#queue.add(() => this.#untilCommitted(engineActor, decide))
  }

  /** A process has taken up the attempt: its timeout counts from now. */
  began(ref: AttemptRef): void {
    if (this.#inFlight.began(ref)) this.#background('a timeout', this.#queue.add(async () => this.#arm()))
  }

  /** The attempt had a heartbeat. Timers are left as they are: the one that it puts off finds that out when it fires. */
  heard(ref: AttemptRef): void {
    this.#inFlight.heard(ref)
  }

  /** Whether the attempt may reach something outside; where a breaker holds it back, it ends as `held`. */
  reaches(ref: AttemptRef, dependency: Dependency): boolean {
    return this.#inFlight.reaches(ref, dependency)
  }

  /** What of the run waits for the breaker of a dependency. */
  held(dependency: Dependency): readonly HeldBack[] {
    const waits = this.#state.underWay().filter(({ waiting }) => waiting?.for === 'breaker' && waiting.on === dependency)
    return [...waits].map(({ step, iteration }) => ({ run: this.id, step, iteration }))
  }

  /** The breaker lets everybody through again. */
  breakerClosed(dependency: Dependency): void {
    if (this.held(dependency).length > 0) this.#background('a breaker that closed', this.learn((turn) => breakerClosed(turn, dependency)))
  }

  /**
   * An executor has answered. An answer for an attempt that is no longer live changes nothing; one of a branch that the
   * run has left is journaled.
   */
  ended(ref: AttemptRef, result: AttemptResult): Promise<RunRecord> {
    this.#inFlight.answered(ref)
    const came = this.#around.ports.clock.now()
    return this.learn((turn) => {
      turn.knowable = came
      const attempt = turn.state.attemptOf(ref)
      if (attempt !== undefined) attemptEnded(turn, attempt, result)
      else if (ref.branch !== turn.state.record.branch) refuseResult(turn, ref, result)
    })
  }

  /**
   * Starts nothing more and resolves once no attempt is inside an effect that must not be cut off. What else is under
   * way is left to be interrupted.
   */
  drain(): Promise<void> {
    return new Promise((resolve) => {
      this.#drained = resolve
      this.#afterDrain()
    })
  }

  /** Waits for the turns under way, then lets go of timers. Attempts are left as they are. */
  async close(): Promise<void> {
    this.#queue.refuse(new Unavailable('the engine is closing'))
    await this.#queue.done()
    this.#disarm()
  }

  #takeUp(first: Decide): Promise<number> {
    const interrupted = [...this.#state.attempts()].length
    return this.#queue.add(async () => {
      try {
        await this.#untilCommitted(hostActor, first)
      } catch (error) {
        this.#queue.refuse(mayPass(error) ? error : new Unavailable(`run ${this.id} could not be taken up`))
        throw error
      }
      this.#goesOn = true
      this.#around.crashLoops.on(this.id, () => this.#reconcile())
      return interrupted
    })
  }

  #afterDrain(): void {
    const isInside = this.#state.attempts().some((attempt) => isInsideUnsafeEffect(this.#state, attempt))
    if (!isInside) this.#drained?.()
  }

  #afterWork(): void {
    if (this.#drained !== null) this.#afterDrain()
    if (this.#queue.isRefused || !this.#queue.isEmpty || this.#inFlight.size > 0) return
    if (isEnded(this.#state.record.status)) this.#around.left(this)
    else this.#values.forget()
  }

  async #untilCommitted(actor: Actor, decide: Decide, onDamage: OnDamage = (error) => this.#damage.setAside(error)): Promise<RunRecord> {
    for (let delay = retryDelay.first; ; delay = Math.min(2 * delay, retryDelay.last)) {
      try {
        return await this.#turn(actor, decide)
      } catch (error) {
        if (this.#queue.isRefused || !(error instanceof StorageError)) throw error
        if (error instanceof CorruptionFound) {
          if (this.#damage.isUnwritable(error)) this.#damage.leave(error)
          await onDamage(error)
          continue
        }
        if (!this.#goesOn) throw error
        if (delay === retryDelay.first) {
          this.#around.ports.notification.troubled(`run ${this.id} could not be committed and is tried until it is`, error)
        }
        await passed(this.#around.ports.clock, delay, this.#queue.refused)
      }
    }
  }

  async #turn(actor: Actor, decide: Decide): Promise<RunRecord> {
    this.#refresh()
    const { allocator, breakers, crashLoops, ports } = this.#around
    const turn = new Turn(this.#state, ports.clock.now(), { ...ports, breakers }, this.#drained !== null, allocator.claims(this.id))
    let isDecided = false
    try {
      const proposed = crashLoops.on(this.id, () => this.#propose(turn, actor, decide))
      if (proposed === undefined) return this.#state.record
      isDecided = true
      const committed = await proposed.committed
      crashLoops.committed(this.id, actor, turn.events)
      return crashLoops.on(this.id, () => {
        this.#tell(proposed, committed)
        return this.#goOn(turn)
      })
    } catch (error) {
      if (isDecided) this.#damage.inCommit(error)
      this.#stale = this.#isNew || turn.events.length > 0
      for (const { state } of turn.children) allocator.forget(state.record.id)
      throw error
    }
  }

  /** Undefined where nothing happens in the turn. */
  #propose(turn: Turn, actor: Actor, decide: Decide): Proposed | undefined {
    decide(turn)
    if (turn.events.length === 0) return undefined
    conclude(turn)
    const { allocator, ports } = this.#around
    const proposed = propose(ports, turn, actor, this.#isNew)
    allocator.proposed(this.#state)
    for (const child of turn.children) allocator.proposed(child.state)
    return proposed
  }

  #tell(proposed: Proposed, committed: Committed): void {
    const { allocator, ports } = this.#around
    this.#isNew = false
    allocator.settled(this.#state, ports.clock.now())
    tell(ports, proposed, committed)
  }

  #goOn(turn: Turn): RunRecord {
    this.#values.keep(turn.kept)
    this.#inFlight.tellReached(turn.events)
    const { record } = this.#state
    this.#around.begun(turn.children.map(({ state }) => state))
    this.#reconcile()
    return record
  }

  /** After a turn that did not commit, memory is thrown away: the rows are the run (law 1). */
  #refresh(): void {
    if (!this.#stale) return
    const { allocator, ports, definitions } = this.#around
    const stored = ports.storage.load(this.id)
    if (stored === undefined) throw this.#isNew ? new Unavailable(`run ${this.id} could not be created`) : lostRun(ports.storage, this.id)
    this.#show(RunState.of(stored, definitions.graph))
    allocator.settled(this.#state, ports.clock.now())
    this.#isNew = false
    this.#stale = false
    this.#reconcile()
  }

  #show(state: RunState): void {
    state.begunAt = (attempt) => this.#inFlight.begunAt(refOf(state, attempt))
    state.heardAt = (attempt) => this.#inFlight.heardAt(refOf(state, attempt))
    state.rulesOf = (step) => rulesFor(this.#around.ports.policy(), this.workflow, step)
    state.throttlesOf = this.#around.throttles.of
    this.#state = state
  }

  /** Starts what is live and no executor has, stops what an executor has and is no longer live, sets the timer. */
  #reconcile(): void {
    if (!this.#goesOn) return
    this.#inFlight.release((ref) => this.#state.attemptOf(ref) !== undefined)
    if (this.#startAll() !== undefined) this.#startOnceRead()
    this.#wishes.tell(this.#state, (of, wish) => this.#around.wishes(this, of, wish))
    this.#arm()
    this.#goBackByItself()
    // Also where its end was kept and nobody said so.
    const { record } = this.#state
    if (record.parent !== null && isEnded(record.status)) this.#around.ended(record)
  }

  #goBackByItself(): void {
    const going = this.#damage.goBackByItself()
    if (going !== undefined) this.#background('going back to where it is whole', going)
  }

  /** Answers what kept something from being started that may be another time. */
  #startAll(): StorageError | undefined {
    if (this.#state.record.status === 'quarantined') return undefined
    let fault: StorageError | undefined
    for (const attempt of this.#state.attempts()) fault = this.#start(attempt) ?? fault
    return fault
  }

  #startOnceRead(): void {
    if (this.#isReadingAgain) return
    this.#isReadingAgain = true
    const waiting = { ports: this.#around.ports, what: `what attempts of run ${this.id} are given could not be read`, over: this.#queue.refused }
    const startsAll = async (): Promise<void> => {
      this.#refresh()
      const fault = this.#startAll()
      if (fault !== undefined) throw fault
    }
    const starting = waitedOut(waiting, () => this.#queue.add(startsAll)).finally(() => {
      this.#isReadingAgain = false
    })
    this.#background('starting what is live', starting)
  }

  #start(attempt: AttemptRecord): StorageError | undefined {
    if (this.#inFlight.has(refOf(this.#state, attempt))) return undefined
    try {
      const task = taskOf(this.#state, attempt, (address) => this.#values.get(this.#state, address), this.#around.ports.storage)
      const isTimed = attempt.timeout !== null || longestSilence(this.#state, attempt) !== null
      const reached = attempt.phase === 'run' ? this.#state.manifest(attempt.step).dependency : null
      this.#inFlight.start(task, { isTimed, reached })
    } catch (error) {
      if (mayPass(error)) return error
      if (!(error instanceof CorruptionFound)) throw error
      this.#background('its quarantine', this.#queue.add(() => this.#damage.setAside(error, attempt)))
    }
    return undefined
  }

  #arm(): void {
    this.#disarm()
    const timer = nextTimer(this.#state)
    if (timer === undefined || this.#queue.isRefused || isEnded(this.#state.record.status)) return
    this.#disarm = this.#around.ports.clock.at(timer.due, () => this.#background('a timer', this.learn((turn) => this.#timersFired(turn))))
  }

  #timersFired(turn: Turn): void {
    timersFired(turn)
    // It was put off meanwhile: a turn in which nothing happened arms nothing.
    if (turn.events.length === 0) this.#arm()
  }

  #background(what: string, work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      if (!this.#queue.isRefused) this.#around.ports.notification.troubled(`run ${this.id}: ${what} failed`, error)
    })
  }
}
