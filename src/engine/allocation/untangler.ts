/**
 * Looks for what never ends as soon as it may have come to be, and has whom it concerns told.
 *
 * Invariants:
 * 1. A deadlock comes to be with a wait of a run that others wait for, by committed state: it is looked for from there, at that commit.
 * 2. Whoever was told is taken to have let go until it has: of one circle, one gives way.
 * 3. Once it has, all that is held is looked at again: no circle is left standing.
 * 4. Nothing is looked for while nothing may move: what was told then changes nothing, and would be found again for ever.
 */
import type { RunId } from '../../model/ids.ts'
import type { Policy } from '../../model/policy/policy.ts'
import type { Clock } from '../ports.ts'
import type { RunState } from '../state/run-state.ts'
import { circlesIn } from './deadlock.ts'
import type { Waiting } from './needs.ts'
import { neverEnough } from './never-enough.ts'
import type { HowMuch } from './serve.ts'
import { type Tangled, tangledOf } from './tangle.ts'
import { type Blocked, victimOf } from './victim.ts'

/** Has a run do something about it, where it is still so; resolves once it has. */
export type Tell = (blocked: Blocked) => Promise<void>

/** What there is to look at. */
export interface Sight {
  /** Whether runs may move. */
  readonly isOpen: () => boolean
  readonly clock: Pick<Clock, 'now'>
  readonly capacity: HowMuch
  readonly policy: () => Policy
  readonly state: (run: RunId) => RunState | undefined
  /** Runs that hold something over several steps. */
  readonly holding: () => Iterable<RunState>
}

/** Whether that is kept for it while it waits: by law 2 of `serve.ts`, nothing beyond the first tier of which it lacks something. */
function mayKeep({ tiers }: Waiting, name: string, free: HowMuch): boolean {
  const lacking = tiers.findIndex((tier) => tier.entries().some(([each, amount]) => free(each) < amount))
  return tiers.slice(0, lacking === -1 ? tiers.length : lacking + 1).some((tier) => tier.has(name))
}

export class Untangler {
  readonly #sight: Sight
  readonly #tell: Tell
  readonly #told = new Set<RunId>()

  constructor(sight: Sight, tell: Tell) {
    this.#sight = sight
    this.#tell = tell
  }

  /** The run may wait for what never comes since something of it changed. */
  look(run: RunId): void {
    const state = this.#sight.state(run)
    if (state === undefined || !this.#sight.isOpen()) return
    const lacking = this.#lacking(state)
    if (lacking !== undefined) this.#say(lacking)
    if (this.#isAwaited(state)) for (let found = this.#from(run); found !== undefined; found = this.#from(run)) this.#say(found)
  }

  lookAtAll(): void {
    for (const { record } of [...this.#sight.holding()]) this.look(record.id)
  }

  forget(run: RunId): void {
    this.#told.delete(run)
  }

  /** Whether it is still so: others may have let go since it was found. */
  isStill({ run, failure }: Blocked): boolean {
    const state = this.#sight.state(run)
    if (state === undefined || !this.#sight.isOpen()) return false
    return failure.deadlock === undefined ? this.#lacking(state) !== undefined : this.#circles(run, new Set()).length > 0
  }

  /**
   * Whether the one ahead waits for the run, be it by way of others: for what they hold, for their children, or behind those that
   * come before them in the queue and have kept for them what is free.
   */
  isBehind(ahead: Waiting, run: RunId, free: HowMuch, before: (waiting: Waiting, from: number) => readonly Waiting[]): boolean {
    const waits = new Set([ahead])
    const runs = new Set<RunId>()
    /** Up to which place of the queue those are walked that want this, too. */
    const walked = new Map<string, number>()
    const add = (id: RunId): void => {
      const state = runs.has(id) ? undefined : this.#sight.state(id)
      runs.add(id)
      if (state === undefined) return
      const { waits: own, children } = tangledOf(state)
      for (const wait of own) waits.add(wait)
      for (const { child } of children) add(child)
    }
    // A set that grows while it is walked is walked to its end.
    for (const wait of waits) {
      for (const [name, amount] of wait.needs) {
        if (free(name) < amount) {
          for (const holder of this.#holdersOf(name)) add(holder)
          continue
        }
        const from = walked.get(name) ?? 0
        const others = before(wait, from)
        walked.set(name, from + others.length)
        for (const other of others) if (mayKeep(other, name, free)) waits.add(other)
      }
      if (runs.has(run)) return true
    }
    return false
  }

  #say(blocked: Blocked): void {
    const { run } = blocked
    if (this.#told.has(run)) return
    this.#told.add(run)
    this.#tell(blocked).then(
      () => {
        this.#told.delete(run)
        this.lookAtAll()
      },
      // It cannot go on: nobody waits for it to.
      () => undefined,
    )
  }

  /** Whether anybody may wait for it. */
  #isAwaited({ record: { holds, parent } }: RunState): boolean {
    return holds !== null || parent !== null
  }

  #lacking(state: RunState): Blocked | undefined {
    return neverEnough(state, this.#sight.capacity)
  }

  #from(run: RunId): Blocked | undefined {
    return this.#told.has(run) ? undefined : victimOf(this.#circles(run, this.#told), this.#sight.policy(), this.#sight.clock.now())
  }

  #circles(run: RunId, without: ReadonlySet<RunId>) {
    const all = [...this.#reach([run], without).values()]
    return circlesIn(all, this.#sight.capacity, (under, above) => this.#isUnder(under, above))
  }

  /** These runs and all that they wait for, directly or by way of others. */
  #reach(from: readonly RunId[], without: ReadonlySet<RunId>): ReadonlyMap<RunId, Tangled> {
    const reached = new Map<RunId, Tangled>()
    const add = (run: RunId): void => {
      const state = this.#sight.state(run)
      if (state !== undefined && !reached.has(run) && !without.has(run)) reached.set(run, tangledOf(state))
    }
    for (const run of from) add(run)
    // A map that grows while it is walked is walked to its end.
    for (const { waits, children } of reached.values()) {
      for (const { needs } of waits) for (const name of needs.keys()) for (const run of this.#holdersOf(name)) add(run)
      for (const { child } of children) add(child)
    }
    return reached
  }

  #holdersOf(name: string): RunId[] {
    return [...this.#sight.holding()].flatMap(({ record: { id, holds } }) => (holds !== null && Object.hasOwn(holds, name) ? [id] : []))
  }

  #isUnder(run: RunId, above: RunId): boolean {
    const parent = this.#sight.state(run)?.record.parent?.run
    return parent !== undefined && (parent === above || this.#isUnder(parent, above))
  }
}
