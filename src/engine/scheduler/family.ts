/**
 * Runs and their children, kept in step with what is committed of each.
 *
 * Nothing is sent from the one to the other that could be lost: what a parent wants of a child, and what a child has come to, is
 * read off the rows of the other. Each commit only says when to look; a host that starts looks at all of them.
 *
 * Invariants:
 * 1. A child is looked at by its parent whenever it is waited for: after the commit that begins it, and after each start of a host.
 * 2. A child that starts again after a host ended first does what its parent wants by then. Where that cannot be known, a person looks.
 * 3. An ended child is told to its parent until that has committed what it makes of it, and then nothing comes of it any more.
 * 4. A child that hosts have ended over is looked at only once it has had its turn to be taken up.
 * 5. What keeps the store from answering is waited out. A child that is damaged beyond that is told to its parent as that.
 */
import type { RunId } from '../../model/ids.ts'
import type { RunRecord } from '../../model/run.ts'
import { isEnded } from '../../model/status.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { isOver } from '../planner/child-over.ts'
import { type ChildOf, type ChildWish, wishOf } from '../planner/child-wish.ts'
import type { Ports } from '../ports.ts'
import { RunState } from '../state/run-state.ts'
import type { Graphs } from '../state/run-state.ts'
import { childEnded, childUndone, heed } from '../turn/child.ts'
import { endOf, type FoundChild, isLost, undoneOf } from './child-end.ts'
import type { CrashLoops } from './crash-loops.ts'
import type { RunActor } from './run-actor.ts'
import { waitedOut } from './waited-out.ts'

export interface FamilyParts {
  readonly ports: Pick<Ports, 'storage' | 'notification' | 'clock'>
  readonly graphs: Graphs
  /** The actor of a run that is live. */
  readonly live: (run: RunId) => RunActor | undefined
  /** The actor of a child, taken up where it is not live with what its parent wants of it. @throws StorageError */
  readonly actor: (child: RunId, wish: ChildWish) => RunActor
  readonly crashLoops: CrashLoops
  /** Aborted once the engine closes. */
  readonly closed: () => AbortSignal
}

export class Family {
  readonly #parts: FamilyParts
  /** What is wanted by now of each child that has yet to hear of it. */
  readonly #wanted = new Map<RunId, ChildWish>()

  /** What looks at a child once that has had its turn. */
  readonly #postponed = new Map<RunId, () => void>()

  constructor(parts: FamilyParts) {
    this.#parts = parts
  }

  /** The child does as its parent wants by now, or its parent hears that nothing more comes of it. */
  wishes(parent: RunActor, of: ChildOf, wish: ChildWish): void {
    const { child } = of
    if (this.#isHeldBack(child)) return void this.#postponed.set(child, () => this.wishes(parent, of, wish))
    this.#wanted.set(child, wish)
    this.#background(child, async () => {
      if (this.#wanted.get(child) !== wish) return
      const found = this.#over(child, wish)
      if (found !== null) await this.#tell(parent, of, found)
      else await this.#heeds(parent, of, wish)
      if (this.#wanted.get(child) === wish) this.#wanted.delete(child)
    })
  }

  /** A run has had its turn to be taken up, however that went: if its parent had to wait for that, it looks now. */
  tookTurn(child: RunId): void {
    const look = this.#postponed.get(child)
    this.#postponed.delete(child)
    look?.()
  }

  /** A child has ended, or cannot go on: its parent hears of it, unless it is not live and finds that out when it is taken up. */
  ended({ id: child, parent }: RunRecord): void {
    if (parent === null) return
    const actor = this.#parts.live(parent.run)
    if (actor !== undefined) this.#background(child, () => this.#tell(actor, { ...parent, child }, this.#found(child)))
  }

  /** What its parent wants of a run that is taken up; null where it has none, and the damage where that cannot be read. @throws StorageFailed */
  wishFor({ record: { id, parent } }: RunState): ChildWish | CorruptionFound | null {
    if (parent === null) return null
    const above = this.#stored(parent.run)
    if (above instanceof CorruptionFound) return above
    return isLost(above) ? null : wishOf(above, parent, id)
  }

  /** One that hosts have ended over is not even read for its parent. */
  #isHeldBack(child: RunId): boolean {
    return this.#parts.live(child) === undefined && this.#parts.crashLoops.isHeldBack(child)
  }

  /** What there is to tell of a child of which nothing more comes; null where it may still do what is wanted. */
  #over(child: RunId, wish: ChildWish): FoundChild | null {
    if (this.#parts.live(child)?.damage === null) return null
    const found = this.#found(child)
    return isLost(found) || isOver(found, wish) ? found : null
  }

  async #heeds(parent: RunActor, of: ChildOf, wish: ChildWish): Promise<void> {
    const { status } = await this.#parts.actor(of.child, wish).learn((turn) => {
      if (!isOver(turn.state, wish)) heed(turn, wish)
    })
    if (isEnded(status)) await this.#tell(parent, of, this.#found(of.child))
  }

  async #tell(parent: RunActor, of: ChildOf, found: FoundChild): Promise<void> {
    const { storage, notification } = this.#parts.ports
    if (found instanceof CorruptionFound) notification.troubled(`child run ${of.child} cannot be read: its parent hears of that`, found)
    const end = endOf(storage, of.child, found)
    const undone = undoneOf(of.child, found)
    await parent.learn((turn) => {
      const record = turn.state.iterations(of.step)[of.iteration - 1]
      if (record?.status === 'waiting') childEnded(turn, of, of.child, end)
      else if (undone !== null) childUndone(turn, of, of.child, undone)
    })
  }

  #found(child: RunId): FoundChild {
    return this.#parts.live(child)?.damage ?? this.#stored(child)
  }

  #stored(run: RunId): FoundChild {
    const { ports, graphs, crashLoops } = this.#parts
    try {
      return crashLoops.on(run, () => {
        const stored = ports.storage.load(run)
        return stored === undefined ? { removed: ports.storage.removed(run) ?? null } : RunState.of(stored, graphs)
      })
    } catch (error) {
      if (error instanceof CorruptionFound) return error
      throw error
    }
  }

  #background(child: RunId, work: () => Promise<void>): void {
    const { ports, closed } = this.#parts
    const what = `child run ${child} and its parent`
    waitedOut({ ports, what: `${what} were not brought together`, over: closed() }, work).catch((error: unknown) => {
      if (!closed().aborted) ports.notification.troubled(what, error)
    })
  }
}
