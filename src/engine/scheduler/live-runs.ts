/**
 * Which runs are live: each has an actor of its own, from when it is created or taken up until it has ended and nothing of it is in
 * an executor any more. A stored run that is not live is taken up when somebody acts on it.
 */
import type { Actor } from '../../model/actor.ts'
import { Conflict, Unavailable } from '../../model/control-errors.ts'
import type { RunId, WorkflowName } from '../../model/ids.ts'
import { rulesFor } from '../../model/policy/policy.ts'
import type { RunRecord } from '../../model/run.ts'
import { isEnded } from '../../model/status.ts'
import { RunState } from '../state/run-state.ts'
import type { Unborn } from '../turn/unborn.ts'
import { drained } from './drained.ts'
import { type Decide, RunActor, type Surroundings } from './run-actor.ts'
import { noSuchRun } from './seen.ts'

export class LiveRuns {
  readonly #around: Surroundings
  readonly #late: (state: RunState) => Decide
  readonly #actors = new Map<RunId, RunActor>()
  readonly #closed = new AbortController()

  /** `late` is the turn with which a run is taken up that somebody acts on. */
  constructor(around: Omit<Surroundings, 'begun' | 'left'>, late: (state: RunState) => Decide) {
    this.#late = late
    this.#around = { ...around, begun: (children) => this.#begun(children), left: ({ id }) => this.#forget(id) }
  }

  get isClosed(): boolean {
    return this.closed.aborted
  }

  /** Aborted once nothing is taken up or created any more. */
  get closed(): AbortSignal {
    return this.#closed.signal
  }

  /** @throws Unavailable */
  assertOpen(): void {
    if (this.isClosed) throw new Unavailable('the engine is closing')
  }

  /** The actor of a run that is live. */
  find(run: RunId): RunActor | undefined {
    return this.#actors.get(run)
  }

  /** Those that are live of a workflow. */
  of(workflow: WorkflowName): readonly RunActor[] {
    return [...this.#actors.values()].filter((actor) => actor.workflow === workflow)
  }

  /**
   * The actor of a run, taken up by `first` where it is not live.
   * @throws Unavailable, NotFound, CorruptionFound, and Conflict where the run has ended and is wanted `live`
   */
  actor(run: RunId, which: 'live' | 'or ended' = 'live', first = this.#late): RunActor {
    this.assertOpen()
    const live = this.#actors.get(run)
    if (live !== undefined) return live
    const actor = this.#around.crashLoops.on(run, () => {
      const state = this.stored(run)
      if (which === 'live' && isEnded(state.record.status)) {
        throw new Conflict(`run ${run} has ended: ${state.record.status}`, state.record)
      }
      return RunActor.takeUp(state, this.#around, first(state))
    })
    this.#actors.set(run, actor)
    actor.takenUp.catch(() => this.#forget(run))
    return actor
  }

  /** A run as it is stored. @throws NotFound, CorruptionFound */
  stored(run: RunId): RunState {
    const { ports, definitions } = this.#around
    const stored = ports.storage.load(run)
    if (stored === undefined) throw noSuchRun(run)
    const state = RunState.of(stored, definitions.graph)
    state.rulesOf = (step) => rulesFor(ports.policy(), state.record.workflow, step)
    return state
  }

  /** Looks at a run. One that is not live is not taken up for that. @throws NotFound, CorruptionFound, and whatever `look` throws */
  async look<T>(run: RunId, look: (state: RunState) => T): Promise<T> {
    return this.#actors.get(run)?.read(look) ?? look(this.stored(run))
  }

  /**
   * Creates a run by its first turn. One whose first commit failed may be stored all the same: then it exists, and is answered.
   * @throws Unavailable, StorageError
   */
  async create(who: Actor, { state, first }: Unborn): Promise<RunRecord> {
    this.assertOpen()
    const actor = RunActor.create(state, this.#around)
    this.#actors.set(actor.id, actor)
    try {
      return await actor.act(who, first)
    } catch (error) {
      try {
        return await actor.read(({ record }) => record)
      } catch {
        // One that is stored and was found damaged is in quarantine, and holds what its rows say.
        if (actor.isNew) this.#forget(actor.id)
        throw error
      }
    }
  }

  /** Waits a while for effects that are under way, then for turns. Nothing is taken up or created any more. */
  async close(): Promise<void> {
    this.#closed.abort()
    await drained(this.#actors.values(), this.#around.ports.clock)
    await Promise.all([...this.#actors.values()].map((actor) => actor.close()))
    this.#actors.clear()
  }

  #begun(children: readonly RunState[]): void {
    for (const state of children) this.#actors.set(state.record.id, RunActor.begun(state, this.#around))
  }

  #forget(run: RunId): void {
    this.#actors.delete(run)
    this.#around.allocator.forget(run)
  }
}
