/**
 * The engine: live runs, each with an actor of its own, over one store and one pool of executors.
 *
 * Who owns what: the engine owns which runs are live, and an actor owns its run.
 */
import type { Actor } from '../../model/actor.ts'
import type { BreakerName, BreakerView, Dependency, HeldBack } from '../../model/breaker.ts'
import { Conflict, Refused, Unavailable } from '../../model/control-errors.ts'
import type { Failure } from '../../model/failure.ts'
import { CorrelationId, type RunId, type WorkflowName } from '../../model/ids.ts'
import type { Signal } from '../../model/log.ts'
import { rulesFor } from '../../model/policy/policy.ts'
import type { Preview } from '../../model/preview.ts'
import type { QueueStanding, ResourceStanding } from '../../model/resource.ts'
import type { ReplayPreview } from '../../model/replay.ts'
import type { Revision } from '../../model/revision.ts'
import type { RollbackPreview } from '../../model/rollback.ts'
import { isSetAside, type RunRecord } from '../../model/run.ts'
import type { RunRecovery } from '../../model/run-recovery.ts'
import { isEnded } from '../../model/status.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import type {
  Act,
  Beginning,
  Consequences,
  ConsequencesRequest,
  DecideRequest,
  Engine,
  KeepRequest,
  NameBranchRequest,
  PreviewReplayRequest,
  PreviewRequest,
  RecoverRequest,
  RecoveryReport,
  ReplayRequest,
  ResetBreakerRequest,
  RestoreRequest,
  RollbackRequest,
  StartRequest,
  TakeUps,
} from '../control.ts'
import { Breakers } from '../breakers/breakers.ts'
import { noSuchBreaker, viewOf } from '../breakers/view.ts'
import type { AttemptResult } from '../kinds/kind.ts'
import type { Destination } from '../planner/migration.ts'
import type { AttemptRef, ExecutionSink, Ports, TaskResult } from '../ports.ts'
import { Allocator } from '../allocation/allocator.ts'
import { RunState } from '../state/run-state.ts'
import { cancel, pause, resume } from '../turn/control.ts'
import { release } from '../turn/quarantine.ts'
import type { Turn } from '../turn/turn.ts'
import type { Unborn } from '../turn/unborn.ts'
import { settledBy, takeAnswer, understood } from './answer.ts'
import { type Caller, childFor, notBegun } from './calling.ts'
import { Definitions } from './definitions.ts'
import { pinnedDestination, presentDestination, type WantedOf } from './destination.ts'
import { drained } from './drained.ts'
import { Family } from './family.ts'
import { foresee } from './foresee.ts'
import { KnownKin } from './kin.ts'
import type { Looking } from './looking.ts'
import { keep, mark, nameBranch } from './marking.ts'
import { prepare } from './prepare.ts'
import type { Replayed } from './prepare-replay.ts'
import { Published } from './published.ts'
import { rehearseReplay, replaying } from './replaying.ts'
import { firstTurn, nothingRemembered, takeUpAll } from './recovering.ts'
import { assertRestorable, goBack, momentOf, rehearse } from './restoring.ts'
import { rehearseRollback, rollBack } from './rolling-back.ts'
import { recommendation, recoverRun, rehearseRecovery } from './run-recovery.ts'
import { type Decide, RunActor, type Surroundings } from './run-actor.ts'
import { assertNotHeld, assertSeen, assertTrusted, noSuchRun } from './seen.ts'
import { starting } from './starting.ts'
import { told } from './told.ts'
import { wakingOf } from './waking.ts'

/** Makes an engine over its ports. `recover` is called before anything else. */
export function createEngine(ports: Ports): Engine {
  return new EngineHost(ports)
}

class EngineHost implements Engine, ExecutionSink {
  readonly #ports: Ports
  readonly #definitions: Definitions
  readonly #family: Family
  readonly #kin: KnownKin
  readonly #allocator: Allocator
  readonly #around: Surroundings
  readonly #breakers: Breakers
  readonly #actors = new Map<RunId, RunActor>()
  readonly #published = new Published()
  #closed = false

  constructor(ports: Ports) {
    this.#ports = ports
    this.#definitions = new Definitions(ports.storage)
    this.#breakers = new Breakers(ports, (name) => this.#breakerClosed(name))
    this.#allocator = new Allocator(ports, wakingOf(ports, (run) => this.#actors.get(run), () => this.#closed))
    const { graph: graphs } = this.#definitions
    this.#family = new Family({
      ports,
      graphs,
      live: (run) => this.#actors.get(run),
      actor: (run) => this.#actor(run, 'or ended', (state) => firstTurn(ports.storage, state, null, this.#family.wishFor(state))),
      isClosed: () => this.#closed,
    })
    this.#kin = new KnownKin({ ports, graphs, revisionFor: (workflow) => this.#published.of(workflow), stored: (run) => this.#stored(run) })
    this.#around = {
      ports,
      definitions: this.#definitions,
      breakers: this.#breakers,
      allocator: this.#allocator,
      begun: (children) => this.#begun(children),
      wishes: (parent, of, wish) => this.#family.wishes(parent, of, wish),
      ended: (record) => this.#family.ended(record),
      left: ({ id }) => this.#forget(id),
    }
    ports.execution.connect(this)
  }

  publish(revision: Revision): void {
    this.#published.publish(revision)
  }

  withdraw(workflow: WorkflowName, why: string): void {
    this.#published.withdraw(workflow, why)
  }

  start(request: StartRequest): Promise<RunRecord> {
    return told(async () => {
      this.#assertOpen()
      const revision = this.#published.of(request.workflow)
      this.#allocator.assertRoomFor(request.workflow, this.#ports.clock.now())
      const correlation = request.correlation ?? this.#newCorrelation()
      return this.#create(request.actor, await starting(this.#ports, { revision, graphs: this.#definitions.graph }, request, correlation))
    })
  }

  async check(beginning: Beginning): Promise<readonly Failure[]> {
    try {
      this.#assertOpen()
      const revision = this.#published.of(beginning.workflow)
      await told(() => prepare(this.#ports, revision, beginning, this.#newCorrelation()))
      return []
    } catch (error) {
      if (error instanceof Refused) return error.failures
      throw error
    }
  }

  #newCorrelation(): CorrelationId {
    const { clock, randomness } = this.#ports
    return CorrelationId.parse(randomness.ulid(clock.now()))
  }

  /** A run whose first commit failed may be stored all the same: then it exists, and is answered. */
  async #create(who: Actor, { state, first }: Unborn): Promise<RunRecord> {
    this.#assertOpen()
    const actor = RunActor.create(state, this.#around)
    this.#actors.set(actor.id, actor)
    try {
      return await actor.act(who, first)
    } catch (error) {
      try {
        return await actor.read(({ record }) => record)
      } catch {
        this.#forget(actor.id)
        throw error
      }
    }
  }

  decide(request: DecideRequest): Promise<RunRecord> {
    return told(() => this.#decide(request))
  }

  async #decide(given: DecideRequest): Promise<RunRecord> {
    const actor = this.#actor(given.run)
    const meant = await actor.read((state, values) => understood(state, values, this.#ports.storage, given))
    const settled = await settledBy(this.#ports.execution, meant.asked)
    const record = await actor.act(given.actor, (turn) => takeAnswer(turn, meant, settled))
    if (meant.destination !== null) await this.#assertWhole(record, meant.destination)
    return record
  }

  consequences(request: ConsequencesRequest): Promise<Consequences> {
    return told(async () => foresee(this.#actor(request.run), this.#looking(), this.#allocator, this.#kin, request))
  }

  pause(act: Act): Promise<RunRecord> {
    return this.#act(act, (turn) => {
      assertTrusted(turn.state)
      pause(turn)
    })
  }

  resume(act: Act): Promise<RunRecord> {
    return this.#act(act, (turn) => {
      if (isSetAside(turn.state.record)) release(turn)
      assertTrusted(turn.state)
      assertNotHeld(turn.state)
      resume(turn)
    })
  }

  cancel(act: Act): Promise<RunRecord> {
    return this.#act(act, (turn) => cancel(turn, act.reason))
  }

  restore(request: RestoreRequest): Promise<RunRecord> {
    return told(async () => {
      this.#assertOpen()
      const destination = await this.#destination(request)
      assertRestorable(destination.moment.record)
      const actor = this.#actor(request.run, 'or ended')
      const record = await actor.act(request.actor, (turn) => goBack(turn, destination, request))
      await this.#assertWhole(record, destination)
      return record
    })
  }

  /** What the run has gone back to is read once more, as it is stored now. @throws CorruptionFound, and it is in quarantine */
  async #assertWhole({ id }: RunRecord, { moment }: Destination): Promise<void> {
    try {
      this.#ports.storage.checkReturned(id, moment.state)
    } catch (error) {
      if (error instanceof CorruptionFound) await this.quarantine(id, error)
      throw error
    }
  }

  preview(request: PreviewRequest): Promise<Preview> {
    return told(async () => {
      this.#assertOpen()
      const destination = await this.#destination(request)
      assertRestorable(destination.moment.record)
      await this.#kin.sought(destination.pinned.revision)
      return this.#look(request.run, (state) => rehearse(state, this.#looking(), destination, this.#allocator.claims(request.run), this.#kin))
    })
  }

  /** A run that nobody has taken up is not taken up for being looked at. */
  async #look<T>(run: RunId, look: (state: RunState) => T): Promise<T> {
    return this.#actors.get(run)?.read(look) ?? look(this.#stored(run))
  }

  #looking(): Looking {
    return { ...this.#ports, breakers: this.#breakers.looking() }
  }

  async #destination(request: PreviewRequest, wanted?: WantedOf): Promise<Destination> {
    const moment = momentOf(this.#ports.storage, request)
    if (request.definition === 'pinned') return pinnedDestination(moment)
    const { workflow } = moment.record
    const present = this.#published.present(workflow)
    return presentDestination(this.#ports, this.#definitions.graph, moment, present, wanted)
  }

  rollback(request: RollbackRequest): Promise<RunRecord> {
    return told(async () => this.#actor(request.run).act(request.actor, (turn) => rollBack(turn, request)))
  }

  previewRollback(request: RollbackRequest): Promise<RollbackPreview> {
    return told(async () => {
      const actor = this.#actor(request.run)
      await this.#kin.sought(await actor.read(({ record }) => record.revision))
      return actor.read((state) => rehearseRollback(state, this.#looking(), request, this.#kin))
    })
  }

  recoverRun(request: RecoverRequest): Promise<RunRecord> {
    return told(async () => {
      this.#assertOpen()
      const found = await this.#look(request.run, (state) => recommendation(state, this.#ports))
      const record = await this.#actor(request.run, 'or ended').act(request.actor, (turn) => recoverRun(turn, found, request))
      await this.#assertWhole(record, found.destination)
      return record
    })
  }

  previewRecovery(run: RunId): Promise<RunRecovery> {
    return told(async () => {
      this.#assertOpen()
      await this.#kin.sought(await this.#look(run, ({ record }) => record.revision))
      return this.#look(run, (state) => rehearseRecovery(state, this.#looking(), this.#allocator.claims(run), this.#kin))
    })
  }

  replay(request: ReplayRequest): Promise<RunRecord> {
    return told(async () => {
      this.#assertOpen()
      return this.#create(request.actor, await replaying(this.#ports, this.#replayed(request), request))
    })
  }

  previewReplay(request: PreviewReplayRequest): Promise<ReplayPreview> {
    return told(async () => {
      this.#assertOpen()
      return rehearseReplay(this.#looking(), this.#allocator, this.#kin, this.#replayed(request), request)
    })
  }

  #replayed(request: PreviewReplayRequest): Replayed {
    return { source: this.#stored(request.run), destination: (wanted) => this.#destination(request, wanted) }
  }

  checkpoint(act: Act): Promise<RunRecord> {
    return told(async () => this.#actor(act.run, 'or ended').act(act.actor, (turn) => mark(turn, act)))
  }

  nameBranch(request: NameBranchRequest): Promise<RunRecord> {
    return told(async () => this.#actor(request.run, 'or ended').act(request.actor, (turn) => nameBranch(turn, request)))
  }

  keep(request: KeepRequest): Promise<RunRecord> {
    return told(async () => this.#actor(request.run, 'or ended').act(request.actor, (turn) => keep(turn, request)))
  }

  #act(act: Act, what: (turn: Turn) => void): Promise<RunRecord> {
    return told(async () =>
      this.#actor(act.run).act(act.actor, (turn) => {
        assertSeen(turn.state, act)
        what(turn)
      }),
    )
  }

  recover(takeUps: TakeUps = nothingRemembered): Promise<RecoveryReport> {
    this.#allocator.close()
    const takingUp = takeUpAll(this.#ports.storage.unfinished(), takeUps, async (run, aside) => {
      const actor = this.#actor(run, 'live', (state) => firstTurn(this.#ports.storage, state, aside, this.#family.wishFor(state)))
      const interrupted = await actor.takenUp
      return { record: await actor.read(({ record }) => record), interrupted }
    })
    return takingUp.finally(() => this.#allocator.open())
  }

  reconsider(): void {
    if (!this.#closed) this.#allocator.reconsider()
  }

  resources(): readonly ResourceStanding[] {
    return this.#allocator.standings()
  }

  queue(): QueueStanding {
    return this.#allocator.queue()
  }

  async quarantine(run: RunId, damage: CorruptionFound): Promise<void> {
    try {
      await this.#actor(run).quarantine(damage)
    } catch (error) {
      // It has ended, or what is damaged keeps it from being read, or written: then nothing of it moves either.
      if (!(error instanceof Conflict || error instanceof CorruptionFound || error instanceof Unavailable)) throw error
    }
  }

  async release(run: RunId): Promise<void> {
    try {
      await this.#actor(run).release()
    } catch (error) {
      // A person has ended it meanwhile.
      if (!(error instanceof Conflict)) throw error
    }
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#allocator.close()
    await drained(this.#actors.values(), this.#ports.clock)
    await Promise.all([...this.#actors.values()].map((actor) => actor.close()))
    this.#actors.clear()
  }

  // ── Breakers ──

  breakers(): readonly BreakerView[] {
    return this.#breakers.list().map((standing) => viewOf(standing, this.#heldBy(standing.name)))
  }

  async resetBreaker({ name, actor, reason }: ResetBreakerRequest): Promise<void> {
    await told(async () => {
      this.#assertOpen()
      if (!(await this.#breakers.reset(name, actor, reason))) throw noSuchBreaker(name)
    })
  }

  #heldBy({ workflow, dependency }: BreakerName): readonly HeldBack[] {
    return [...this.#actors.values()].flatMap((actor) => (actor.workflow === workflow ? actor.held(dependency) : []))
  }

  #breakerClosed({ workflow, dependency }: BreakerName): void {
    for (const actor of this.#actors.values()) if (actor.workflow === workflow) actor.breakerClosed(dependency)
  }

  // ── What executors say ──

  began(ref: AttemptRef): void {
    this.#actors.get(ref.run)?.began(ref)
  }

  ended(ref: AttemptRef, result: TaskResult): void {
    const actor = this.#actors.get(ref.run)
    if (actor === undefined) return
    const ended = result.type === 'calls' ? this.#call(actor, ref, result) : actor.ended(ref, result)
    ended.catch((error: unknown) => {
      if (this.#closed && error instanceof Unavailable) return
      this.#ports.notification.troubled(`the end of ${ref.step} in run ${ref.run} was not taken up`, error)
    })
  }

  /** What a step gives to a child is asked of the child's own definition, and then the parent's turn creates it. */
  async #call(actor: RunActor, ref: AttemptRef, given: Extract<TaskResult, { type: 'calls' }>): Promise<void> {
    const parent = await actor.read((state) => ({ ref, record: state.record, manifest: state.manifest(ref.step) }))
    const { manifest } = parent
    if (manifest.kind !== 'workflow') throw new Error(`step ${ref.step} called a workflow, and is of the kind ${manifest.kind}`)
    await this.#ports.sought?.(manifest.workflow)
    await actor.ended(ref, await this.#begins(manifest.workflow, parent, given))
  }

  async #begins(workflow: WorkflowName, caller: Caller, given: Extract<TaskResult, { type: 'calls' }>): Promise<AttemptResult> {
    try {
      const revision = this.#published.of(workflow)
      return { type: 'begins', child: await childFor(this.#ports, { revision, graphs: this.#definitions.graph }, caller, given) }
    } catch (error) {
      return { type: 'failed', failure: notBegun(workflow, error) }
    }
  }

  #begun(children: readonly RunState[]): void {
    for (const state of children) this.#actors.set(state.record.id, RunActor.begun(state, this.#around))
  }

  async effectBegins(ref: AttemptRef): Promise<void> {
    const actor = this.#actors.get(ref.run)
    if (actor === undefined) throw new Conflict(`run ${ref.run} is not live`, { status: 'cancelled', version: 0 })
    await actor.learn((turn) => {
      if (turn.holds) throw new Unavailable('the engine is closing')
      const attempt = turn.state.attemptOf(ref)
      if (attempt === undefined) throw new Conflict(`the attempt of ${ref.step} is not live any more`, turn.state.record)
      const { step, iteration, attempt: number } = ref
      if (attempt.effect === 'none') turn.emit({ type: 'effect_begun', step, iteration, attempt: number })
    })
  }

  reaches(ref: AttemptRef, dependency: Dependency): boolean {
    return this.#actors.get(ref.run)?.reaches(ref, dependency) ?? false
  }

  signal(signal: Signal): void {
    const actor = this.#actors.get(signal.run)
    if (signal.type === 'heartbeat') actor?.heard(signal)
    const policy = this.#ports.policy()
    const { heartbeats } = actor === undefined ? policy.usual : rulesFor(policy, actor.workflow, signal.step)
    this.#ports.storage.keep([signal], heartbeats.keep_every)
    this.#ports.notification.signalled(signal)
  }

  // ── Who is live ──

  #actor(run: RunId, which: 'live' | 'or ended' = 'live', first?: (state: RunState) => Decide): RunActor {
    this.#assertOpen()
    const live = this.#actors.get(run)
    if (live !== undefined) return live
    const state = this.#stored(run)
    if (which === 'live' && isEnded(state.record.status)) {
      throw new Conflict(`run ${run} has ended: ${state.record.status}`, state.record)
    }
    const actor = RunActor.takeUp(state, this.#around, first?.(state))
    this.#actors.set(run, actor)
    actor.takenUp.catch(() => this.#forget(run))
    return actor
  }

  /** @throws NotFound, CorruptionFound */
  #stored(run: RunId): RunState {
    const stored = this.#ports.storage.load(run)
    if (stored === undefined) throw noSuchRun(run)
    const state = RunState.of(stored, this.#definitions.graph)
    state.rulesOf = (step) => rulesFor(this.#ports.policy(), state.record.workflow, step)
    return state
  }

  #forget(run: RunId): void {
    this.#actors.delete(run)
    this.#allocator.forget(run)
  }

  #assertOpen(): void {
    if (this.#closed) throw new Unavailable('the engine is closing')
  }
}
