/**
 * Runs and their children, kept in step with what is committed of each.
 *
 * Nothing is sent from the one to the other that could be lost: what a parent wants of a child, and what a child has come to, is
 * read off the rows of the other. Each commit only says when to look; a host that starts looks at all of them.
 *
 * Invariants:
 * 1. A child is looked at by its parent whenever it is waited for: after the commit that begins it, and after each start of a host.
 * 2. A child that starts again after a host ended first does what its parent wants by then.
 * 3. An ended child is told to its parent until that has committed what it makes of it, and then nothing comes of it any more.
 */
import type { RunId } from '../../model/ids.ts'
import type { RunRecord } from '../../model/run.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { isOver } from '../planner/child-over.ts'
import { type ChildOf, type ChildWish, wishOf } from '../planner/child-wish.ts'
import type { Ports } from '../ports.ts'
import { RunState } from '../state/run-state.ts'
import type { Graphs } from '../state/run-state.ts'
import { childEnded, childUndone, heed } from '../turn/child.ts'
import { endOf } from './child-end.ts'
import type { RunActor } from './run-actor.ts'

export interface FamilyParts {
  readonly ports: Pick<Ports, 'storage' | 'notification'>
  readonly graphs: Graphs
  /** The actor of a run that is live. */
  readonly live: (run: RunId) => RunActor | undefined
  /** The actor of a run, taken up where it is not live. */
  readonly actor: (run: RunId) => RunActor
  readonly isClosed: () => boolean
}

export class Family {
  readonly #parts: FamilyParts

  constructor(parts: FamilyParts) {
    this.#parts = parts
  }

  /** The child does as its parent wants, or its parent hears that it has ended. */
  wishes(parent: RunActor, of: ChildOf, wish: ChildWish): void {
    this.#background(of.child, async () => {
      const child = this.#stored(of.child)
      if (child === undefined || isOver(child, wish)) await this.#tell(parent, of)
      else await this.#parts.actor(of.child).learn((turn) => heed(turn, wish))
    })
  }

  /** A child has ended: its parent hears of it, unless it is not live and finds that out when it is taken up. */
  ended({ id: child, parent }: RunRecord): void {
    if (parent === null) return
    const actor = this.#parts.live(parent.run)
    if (actor !== undefined) this.#background(child, () => this.#tell(actor, { ...parent, child }))
  }

  /** What its parent wants of a run that is taken up; null where it has none, or that cannot be read. */
  wishFor({ record: { id, parent } }: RunState): ChildWish | null {
    if (parent === null) return null
    try {
      const above = this.#stored(parent.run)
      return above === undefined ? null : wishOf(above, parent, id)
    } catch (error) {
      if (error instanceof CorruptionFound) return null
      throw error
    }
  }

  async #tell(parent: RunActor, of: ChildOf): Promise<void> {
    const { ports, graphs } = this.#parts
    const stored = ports.storage.load(of.child)
    const state = stored === undefined ? undefined : RunState.of(stored, graphs)
    await parent.learn((turn) => {
      const record = turn.state.iterations(of.step)[of.iteration - 1]
      if (record?.status === 'waiting') childEnded(turn, of, of.child, endOf(ports.storage, of.child, state))
      else if (state === undefined || isOver(state, { end: 'undo' })) childUndone(turn, of, of.child, isWhole(state))
    })
  }

  #stored(run: RunId): RunState | undefined {
    const stored = this.#parts.ports.storage.load(run)
    return stored === undefined ? undefined : RunState.of(stored, this.#parts.graphs)
  }

  #background(child: RunId, work: () => Promise<void>): void {
    work().catch((error: unknown) => {
      if (!this.#parts.isClosed()) this.#parts.ports.notification.troubled(`child run ${child} and its parent`, error)
    })
  }
}

/** Whether nothing that it did had to be left as it is. */
function isWhole(child: RunState | undefined): boolean {
  return child !== undefined && !child.history().some(({ compensation }) => compensation === 'given_up')
}
