/**
 * The engine: run control over live runs, one store and one pool of executors.
 *
 * Who owns what: `live-runs.ts` owns which runs are live, an actor its run, and `sink.ts` hears executors.
 */
import type { BreakerName, BreakerView, HeldBack } from '../../model/breaker.ts'
import { Conflict, Refused, Unavailable } from '../../model/control-errors.ts'
import type { Failure } from '../../model/failure.ts'
import { CorrelationId, type RunId, type WorkflowName } from '../../model/ids.ts'
import type { Preview } from '../../model/preview.ts'
import { limitNames, type QueueStanding, type ResourceStanding } from '../../model/resource.ts'
import type { ReplayPreview } from '../../model/replay.ts'
import type { Revision } from '../../model/revision.ts'
import type { RollbackPreview } from '../../model/rollback.ts'
import { isSetAside, type RunRecord } from '../../model/run.ts'
import type { RunRecovery } from '../../model/run-recovery.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import type { ThrottleView } from '../../model/throttle.ts'
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
  ResetThrottleRequest,
  ResetRecoveriesRequest,
  RestoreRequest,
  RollbackRequest,
  StartRequest,
} from '../control.ts'
import { Breakers } from '../breakers/breakers.ts'
import { noSuchBreaker, viewOf } from '../breakers/view.ts'
import { Throttles } from '../throttles/throttles.ts'
import { noSuchThrottle, throttleView } from '../throttles/view.ts'
import type { ChildWish } from '../planner/child-wish.ts'
import type { Destination } from '../planner/migration.ts'
import type { Ports } from '../ports.ts'
import { Allocator } from '../allocation/allocator.ts'
import type { Graphs, RunState } from '../state/run-state.ts'
import { cancel, pause, resume } from '../turn/control.ts'
import { release } from '../turn/quarantine.ts'
import type { Turn } from '../turn/turn.ts'
import { settledBy, takeAnswer, understood } from './answer.ts'
import { CrashLoops } from './crash-loops.ts'
import { Definitions } from './definitions.ts'
import { pinnedDestination, presentDestination, type WantedOf } from './destination.ts'
import { Family } from './family.ts'
import { foresee } from './foresee.ts'
import { KnownKin } from './kin.ts'
import { LiveRuns } from './live-runs.ts'
import type { Looking } from './looking.ts'
import { keep, mark, nameBranch, resetRecoveries } from './marking.ts'
import { prepare } from './prepare.ts'
import type { Replayed } from './prepare-replay.ts'
import { Published } from './published.ts'
import { rehearseReplay, replaying } from './replaying.ts'
import { firstTurn, lateTurn, mended, type TakeUp, takeUpAll, TriedLater, type Wished } from './recovering.ts'
import { assertRestorable, goBack, momentOf, rehearse } from './restoring.ts'
import { rehearseRollback, rollBack } from './rolling-back.ts'
import { recommendation, recoverRun, rehearseRecovery } from './run-recovery.ts'
import { assertNotHeld, assertSeen, assertTrusted } from './seen.ts'
import type { Decide } from './run-actor.ts'
import { Sink } from './sink.ts'
import { starting } from './starting.ts'
import { told } from './told.ts'
import { waitedOut } from './waited-out.ts'
import { wakingOf } from './waking.ts'

/** Makes an engine over its ports. `recover` is called before anything else. */
export function createEngine(ports: Ports): Engine {
  return new EngineHost(ports)
}

class EngineHost implements Engine {
  readonly #ports: Ports
  readonly #graphs: Graphs
  readonly #runs: LiveRuns
  readonly #family: Family
  readonly #kin: KnownKin
  readonly #allocator: Allocator
  readonly #breakers: Breakers
  readonly #throttles: Throttles
  readonly #published = new Published()
  readonly #crashLoops: CrashLoops

  constructor(ports: Ports) {
    this.#ports = ports
    const definitions = new Definitions(ports.storage)
    const graphs = definitions.graph
    this.#graphs = graphs
    const find = (run: RunId) => this.#runs.find(run)
    const isClosed = () => this.#runs.isClosed
    this.#crashLoops = new CrashLoops(ports.lastWork)
    this.#breakers = new Breakers(ports, (name) => this.#breakerClosed(name))
    this.#throttles = new Throttles(ports, {
      underWay: (workflow, isOf) => this.#allocator.underWay(workflow, isOf),
      changed: (workflow) => this.#allocator.rethrottle(workflow),
      moved: (workflow) => this.#allocator.regrant(workflow),
    })
    this.#allocator = new Allocator(ports, this.#throttles, wakingOf(ports, find, isClosed))
    this.#family = new Family({
      ports,
      graphs,
      live: find,
      actor: (child, wish) => this.#runs.actor(child, 'or ended', (state) => this.#firstTurn(state, wish)),
      crashLoops: this.#crashLoops,
      closed: () => this.#runs.closed,
    })
    this.#runs = new LiveRuns(
      {
        ports,
        definitions,
        breakers: this.#breakers,
        throttles: this.#throttles,
        allocator: this.#allocator,
        crashLoops: this.#crashLoops,
        wishes: (parent, of, wish) => this.#family.wishes(parent, of, wish),
        ended: (record) => this.#family.ended(record),
      },
      (state) => lateTurn(ports.storage, state, this.#crashLoops.aside(state.record), this.#family.wishFor(state)),
    )
    this.#kin = new KnownKin({ ports, graphs, revisionFor: (workflow) => this.#published.of(workflow), stored: (run) => this.#runs.stored(run) })
    ports.execution.connect(new Sink({ ports, graphs, published: this.#published, runs: this.#runs, crashLoops: this.#crashLoops }))
  }

  publish(revision: Revision): void {
    this.#published.publish(revision)
  }

  withdraw(workflow: WorkflowName, why: string): void {
    this.#published.withdraw(workflow, why)
  }

  start(request: StartRequest): Promise<RunRecord> {
    return told(async () => {
      this.#runs.assertOpen()
      const revision = this.#published.of(request.workflow)
      this.#allocator.assertRoomFor(request.workflow, this.#ports.clock.now())
      const correlation = request.correlation ?? this.#newCorrelation()
      return this.#runs.create(request.actor, await starting(this.#ports, { revision, graphs: this.#graphs }, request, correlation))
    })
  }

  async check(beginning: Beginning): Promise<readonly Failure[]> {
    try {
      this.#runs.assertOpen()
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

  decide(request: DecideRequest): Promise<RunRecord> {
    return told(() => this.#decide(request))
  }

  async #decide(given: DecideRequest): Promise<RunRecord> {
    const actor = this.#runs.actor(given.run)
    const meant = await actor.read((state, values) => understood(state, values, this.#ports.storage, given))
    const settled = await settledBy(this.#ports.execution, meant.asked)
    const record = await actor.act(given.actor, (turn) => takeAnswer(turn, meant, settled))
    if (meant.destination !== null) await this.#assertWhole(record, meant.destination)
    return record
  }

  consequences(request: ConsequencesRequest): Promise<Consequences> {
    return told(async () => foresee(this.#runs.actor(request.run), this.#looking(), this.#allocator, this.#kin, request))
  }

  pause(act: Act): Promise<RunRecord> {
    return this.#act(act, (turn) => {
      assertTrusted(turn.state)
      pause(turn)
    })
  }

  resume(act: Act): Promise<RunRecord> {
    return this.#act(act, (turn) => {
      if (isSetAside(turn.state.record)) release(turn, this.#wishFor(turn.state))
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
      this.#runs.assertOpen()
      const destination = await this.#destination(request)
      assertRestorable(destination.moment.record)
      const actor = this.#runs.actor(request.run, 'or ended')
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
      this.#runs.assertOpen()
      const destination = await this.#destination(request)
      assertRestorable(destination.moment.record)
      await this.#kin.sought(destination.pinned.revision)
      return this.#runs.look(request.run, (state) => rehearse(state, this.#looking(), destination, this.#allocator.claims(request.run), this.#kin))
    })
  }

  #looking(): Looking {
    return { ...this.#ports, breakers: this.#breakers.looking() }
  }

  async #destination(request: PreviewRequest, wanted?: WantedOf): Promise<Destination> {
    const moment = momentOf(this.#ports.storage, request)
    if (request.definition === 'pinned') return pinnedDestination(moment)
    const { workflow } = moment.record
    const present = this.#published.present(workflow)
    return presentDestination(this.#ports, this.#graphs, moment, present, wanted)
  }

  rollback(request: RollbackRequest): Promise<RunRecord> {
    return told(async () => this.#runs.actor(request.run).act(request.actor, (turn) => rollBack(turn, request)))
  }

  previewRollback(request: RollbackRequest): Promise<RollbackPreview> {
    return told(async () => {
      const actor = this.#runs.actor(request.run)
      await this.#kin.sought(await actor.read(({ record }) => record.revision))
      return actor.read((state) => rehearseRollback(state, this.#looking(), request, this.#kin))
    })
  }

  recoverRun(request: RecoverRequest): Promise<RunRecord> {
    return told(async () => {
      this.#runs.assertOpen()
      const found = await this.#runs.look(request.run, (state) => recommendation(state, this.#ports))
      const record = await this.#runs.actor(request.run, 'or ended').act(request.actor, (turn) => recoverRun(turn, found, request))
      await this.#assertWhole(record, found.destination)
      return record
    })
  }

  previewRecovery(run: RunId): Promise<RunRecovery> {
    return told(async () => {
      this.#runs.assertOpen()
      await this.#kin.sought(await this.#runs.look(run, ({ record }) => record.revision))
      return this.#runs.look(run, (state) => rehearseRecovery(state, this.#looking(), this.#allocator.claims(run), this.#kin))
    })
  }

  replay(request: ReplayRequest): Promise<RunRecord> {
    return told(async () => {
      this.#runs.assertOpen()
      return this.#runs.create(request.actor, await replaying(this.#ports, this.#replayed(request), request))
    })
  }

  previewReplay(request: PreviewReplayRequest): Promise<ReplayPreview> {
    return told(async () => {
      this.#runs.assertOpen()
      return rehearseReplay(this.#looking(), this.#allocator, this.#kin, this.#replayed(request), request)
    })
  }

  #replayed(request: PreviewReplayRequest): Replayed {
    return { source: this.#runs.stored(request.run), destination: (wanted) => this.#destination(request, wanted) }
  }

  checkpoint(act: Act): Promise<RunRecord> {
    return told(async () => this.#runs.actor(act.run, 'or ended').act(act.actor, (turn) => mark(turn, act)))
  }

  nameBranch(request: NameBranchRequest): Promise<RunRecord> {
    return told(async () => this.#runs.actor(request.run, 'or ended').act(request.actor, (turn) => nameBranch(turn, request)))
  }

  keep(request: KeepRequest): Promise<RunRecord> {
    return told(async () => this.#runs.actor(request.run, 'or ended').act(request.actor, (turn) => keep(turn, request)))
  }

  resetRecoveries(request: ResetRecoveriesRequest): Promise<RunRecord> {
    return told(async () => this.#runs.actor(request.run).act(request.actor, (turn) => resetRecoveries(turn, request)))
  }

  #act(act: Act, what: (turn: Turn) => void): Promise<RunRecord> {
    return told(async () =>
      this.#runs.actor(act.run).act(act.actor, (turn) => {
        assertSeen(turn.state, act)
        what(turn)
      }),
    )
  }

  recover(): Promise<RecoveryReport> {
    this.#allocator.close()
    const takeUp: TakeUp = async (run) => {
      try {
        const actor = this.#runs.actor(run, 'live', (state) => {
          if (this.#crashLoops.mayBeSuspect(state)) throw new TriedLater(state)
          return this.#firstTurn(state, this.#family.wishFor(state))
        })
        const interrupted = await actor.takenUp
        return { record: await actor.read(({ record }) => record), interrupted }
      } finally {
        this.#family.tookTurn(run)
      }
    }
    const unread: RunId[] = []
    const tried: RunId[] = []
    const later = { unread: (run: RunId) => void unread.push(run), tried: (run: RunId) => void tried.push(run) }
    return takeUpAll(this.#ports.storage.unfinished(), this.#crashLoops, takeUp, later).finally(() => {
      this.#allocator.open()
      for (const run of unread) void this.#takeUpLater(run)
      void this.#takeUpHeldBack(tried)
    })
  }

  async #takeUpHeldBack(runs: readonly RunId[]): Promise<void> {
    const { tried, cleared } = this.#crashLoops.suspects(runs)
    const takeUp = async (run: RunId): Promise<boolean> => {
      await this.#takeUpLater(run)
      this.#family.tookTurn(run)
      return this.#runs.find(run)?.isAtWork ?? false
    }
    await Promise.all(cleared.map(takeUp))
    for (const run of tried) {
      if (this.#runs.isClosed) return
      await this.#crashLoops.tryAlone(run, this.#ports.clock, () => takeUp(run))
    }
  }

  #firstTurn(state: RunState, wished: Wished): Decide {
    return firstTurn(this.#ports.storage, state, this.#crashLoops.aside(state.record), wished)
  }

  /** One of which the store could not be asked with the others. */
  #takeUpLater(run: RunId): Promise<unknown> {
    const what = `run ${run} was not taken up`
    return this.#waitedOut(what, () => this.#runs.actor(run).takenUp).catch((error: unknown) => {
      if (!this.#runs.isClosed && !(error instanceof Conflict)) this.#ports.notification.troubled(what, error)
    })
  }

  #waitedOut<T>(what: string, work: () => Promise<T>): Promise<T> {
    return waitedOut({ ports: this.#ports, what, over: this.#runs.closed }, work)
  }

  reconsider(): void {
    if (!this.#runs.isClosed) this.#allocator.reconsider()
  }

  resources(): readonly ResourceStanding[] {
    return this.#allocator.standings()
  }

  queue(): QueueStanding {
    return this.#allocator.queue()
  }

  async quarantine(run: RunId, damage: CorruptionFound): Promise<void> {
    if (this.#crashLoops.isHeldBack(run)) return
    try {
      await this.#waitedOut(`run ${run} was not set aside`, async () => this.#runs.actor(run, 'or ended').quarantine(damage))
    } catch (error) {
      // What is damaged keeps it from being read, or written: then nothing of it moves either.
      if (!(error instanceof CorruptionFound || error instanceof Unavailable)) throw error
    }
  }

  async release(run: RunId): Promise<void> {
    if (this.#crashLoops.isHeldBack(run)) return
    const goOn = (turn: Turn): void => mended(turn, this.#family.wishFor(turn.state))
    await this.#waitedOut(`run ${run} was not let go on`, async () => this.#runs.actor(run, 'or ended').learn(goOn))
  }

  /** What its parent wants of a run, as far as that can be known. */
  #wishFor(state: RunState): ChildWish | null {
    const wished = this.#family.wishFor(state)
    return wished instanceof CorruptionFound ? null : wished
  }

  async close(): Promise<void> {
    this.#allocator.close()
    this.#crashLoops.close()
    await this.#runs.close()
  }

  // ── Breakers ──

  breakers(): readonly BreakerView[] {
    return this.#breakers.list().map((standing) => viewOf(standing, this.#heldBy(standing.name)))
  }

  async resetBreaker({ name, actor, reason }: ResetBreakerRequest): Promise<void> {
    await told(async () => {
      this.#runs.assertOpen()
      if (!(await this.#breakers.reset(name, actor, reason))) throw noSuchBreaker(name)
    })
  }

  #heldBy({ workflow, dependency }: BreakerName): readonly HeldBack[] {
    return this.#runs.of(workflow).flatMap((actor) => actor.held(dependency))
  }

  #breakerClosed({ workflow, dependency }: BreakerName): void {
    for (const actor of this.#runs.of(workflow)) actor.breakerClosed(dependency)
  }

  // ── Throttles ──

  throttles(): readonly ThrottleView[] {
    const limits = new Map(this.#allocator.standings().map((limit) => [limit.name, limit]))
    return this.#throttles.list().map((each) => {
      const nobody = { capacity: this.#throttles.limitOf(each.throttle), held: 0, waiting: 0 }
      return throttleView(each, limits.get(limitNames.reaching(each.throttle)) ?? nobody)
    })
  }

  async resetThrottle({ name, actor, reason }: ResetThrottleRequest): Promise<void> {
    await told(async () => {
      this.#runs.assertOpen()
      if (!(await this.#throttles.reset(name, actor, reason))) throw noSuchThrottle(name)
    })
  }
}
