/**
 * Shares what there is only so much of among runs: resources, attempts at once, runs at once.
 *
 * Who owns what: an attempt that is live in the rows holds what its step uses, a run that goes on holds its place among those
 * that do, and nothing else holds anything. This keeps the sums of it, and who waits in which order; both are read off the
 * states of runs, and a host that starts anew reads them off the rows.
 *
 * Invariants:
 * 1. What is held and what is granted of a name is never more than there is of it, unless the settings have made it less since.
 * 2. What a turn takes counts from before its commit. What it lets go of is free for the same turn, and for others once it is
 *    committed.
 * 3. All that an attempt uses is taken at once, and an attempt waits for nothing once it is under way; a run that waits for its
 *    place holds nothing. Only what a run holds over several steps is held by one that may wait itself: a deadlock of such runs is
 *    found at the commit that closes its circle, and one of them gives way (`untangler.ts`).
 * 4. Nothing is granted while runs of an earlier host are taken up: what these held is not known yet.
 * 5. A child goes on in the place of its parent, which holds nothing while it waits for it.
 * 6. A grant is for one pass or run, which is woken for it. What that does not take is free again.
 * 7. What is throttled since is granted anew: nothing begins by a grant of before beyond what there is now.
 */
import type { Dependency } from '../../model/breaker.ts'
import { Busy } from '../../model/control-errors.ts'
import type { Instant, Millis, RunId, StepId, WorkflowName } from '../../model/ids.ts'
import type { StepManifest } from '../../model/manifest.ts'
import type { Policy } from '../../model/policy/policy.ts'
import { type QueueStanding, type ResourceStanding, throttledBy } from '../../model/resource.ts'
import type { Ports, PolicySource } from '../ports.ts'
import type { Pass, RunState } from '../state/run-state.ts'
import { type Asking, type Claims, lettersOf } from '../turn/claims.ts'
import { capacityOf } from './capacity.ts'
import { type Holding, holdingsOf, needsOf, slotOf, sumOf, throttledAnew, type Waiting, waiting, waitingId, waitsOf } from './needs.ts'
import { Pace } from './pace.ts'
import { Queue, turnOf } from './queue.ts'
import { added, type Amounts, type Entangled, served } from './serve.ts'
import { type Share, standingsOf } from './standings.ts'
import type { Throttles } from '../throttles/throttles.ts'
import { Untangler } from './untangler.ts'
import type { Blocked } from './victim.ts'

const nothing: Amounts = new Map()
const noGrants: Share['granted'] = new Map()

/** Has a run do something; each resolves once it has. */
export interface Waking {
  /** Something that it waits for was granted to it. */
  readonly granted: (run: RunId) => Promise<void>
  /** A pass of it waits for what never comes, where that is still so. */
  readonly blocked: (what: Blocked, isStill: () => boolean) => Promise<void>
}

export class Allocator {
  readonly #source: PolicySource
  readonly #throttles: Pick<Throttles, 'limitOf'>
  readonly #waking: Waking
  readonly #shares = new Map<RunId, Share>()
  /** Runs that hold something over several steps. */
  readonly #holding = new Set<RunId>()
  readonly #untangler: Untangler
  /** What is held and granted of what has a bound, by its name. */
  readonly #taken = new Map<string, number>()
  readonly #pace = new Pace()
  /** Dead letters of all runs. */
  #letters = 0
  #policy: Policy | undefined
  #capacities = new Map<string, number>()
  /** What of these amounts has a bound: most of what most steps take has none. */
  #bounded = new WeakMap<Amounts, Amounts>()
  /** Runs that wait to begin, and passes that wait to start: they never want the same. */
  #queues = queuesOf(0)
  #isOpen = true

  constructor({ policy, clock }: Pick<Ports, 'policy' | 'clock'>, throttles: Pick<Throttles, 'limitOf'>, waking: Waking) {
    this.#source = policy
    this.#throttles = throttles
    this.#waking = waking
    const sight = {
      isOpen: () => this.#isOpen,
      clock,
      capacity: (name: string) => this.#capacity(name),
      policy: () => this.#settings(),
      state: (run: RunId) => this.#shares.get(run)?.state,
      holding: () => [...this.#holding].flatMap((run) => this.#shares.get(run)?.state ?? []),
    }
    this.#untangler = new Untangler(sight, (what) => waking.blocked(what, () => this.#untangler.isStill(what)))
  }

  /** Nothing is granted until it is opened again. */
  close(): void {
    this.#isOpen = false
  }

  open(): void {
    this.#isOpen = true
    this.#serve()
    for (const run of this.#shares.keys()) this.#untangler.look(run)
  }

  /** The settings may be others: what waits is looked at again. */
  reconsider(): void {
    this.#settings()
    for (const { workflow } of [...this.#shares.values()]) this.rethrottle(workflow)
    this.#serve()
    for (const run of this.#shares.keys()) this.#untangler.look(run)
  }

  /** Other steps of the workflow are throttled than before. */
  rethrottle(workflow: WorkflowName): void {
    for (const { state, leaving, letters } of this.#ofWorkflow(workflow)) {
      this.#put(state, leaving.map((each) => throttledAnew(state, each)), letters)
    }
    this.regrant(workflow)
  }

  /** The same steps are throttled, to another number. */
  regrant(workflow: WorkflowName): void {
    for (const share of this.#ofWorkflow(workflow)) {
      if (share.granted.size === 0) continue
      const granted = new Map([...share.granted].filter(([id]) => !share.waits.some((each) => each.id === id && isThrottled(each))))
      this.#replace(share.run, { ...share, granted })
    }
    this.#serve()
  }

  #ofWorkflow(workflow: WorkflowName): Share[] {
    return [...this.#shares.values()].filter((share) => share.workflow === workflow)
  }

  /** How many attempts of the workflow are under way at such steps; one whose end is not committed yet is. */
  underWay(workflow: WorkflowName, isOf: (step: StepManifest) => boolean): number {
    return this.#ofWorkflow(workflow).reduce((sum, { state, holdings, leaving }) => {
      const passes = [...holdings, ...leaving].flatMap(({ for: what, pass }) => (what === 'attempt' && pass !== null ? [pass] : []))
      const those = passes.filter(({ step }) => {
        const manifest = state.graph.steps.get(step)
        return manifest !== undefined && isOf(manifest)
      })
      return sum + new Set(those.map(({ step, iteration }) => `${step}/${iteration}`)).size
    }, 0)
  }

  /** What one turn of the run may take. What it has taken, its state says. */
  claims(run: RunId): Claims {
    this.#settings()
    const own = this.#shares.get(run)
    const taken = new Set<string>()
    return {
      take: (turn, pass) => this.#takes(turn, pass, own, taken),
      admits: (turn) => this.#takes(turn, null, own, taken),
      assertRoom: ({ now }) => this.#assertRoom(now, own?.waits ?? []),
      letters: ({ state }) => this.#letters - (own?.letters ?? 0) + lettersOf(state),
      throttle: ({ state }, { step }) => this.#throttleOf(state, step),
      ofChild: this.#ofChild,
    }
  }

  /** A turn is about to be committed: what it takes is taken, and what it lets go of is not free yet. */
  proposed(state: RunState): void {
    const before = this.#shares.get(state.record.id)
    this.#put(state, before?.holdings ?? [], Math.max(lettersOf(state), before?.letters ?? 0))
  }

  /** The run is as it is stored. */
  settled(state: RunState, now: Instant): void {
    const before = this.#shares.get(state.record.id)
    this.#put(state, [], lettersOf(state))
    if (before?.waits.some(({ pass }) => pass === null) === true && state.record.admitted) this.#pace.begun(now)
    this.#serve()
    this.#untangler.look(state.record.id)
  }

  /** Nothing of the run is in memory any more. */
  forget(run: RunId): void {
    this.#replace(run, undefined)
    this.#untangler.forget(run)
    this.#serve()
  }

  /** A run could not be queued beside those that are. @throws Busy where one would have to be */
  assertRoomFor(workflow: WorkflowName, now: Instant): void {
    this.#settings()
    const fits = sumOf(slotOf({ workflow })).entries().every(([name, amount]) => this.#free(name) >= amount)
    if (!fits) this.#assertRoom(now, [])
  }

  standings(): ResourceStanding[] {
    const policy = this.#settings()
    const queued = [...this.#queues.runs.values(), ...this.#queues.passes.values()]
    return standingsOf(policy, (name) => this.#capacity(name), this.#shares.values(), queued)
  }

  queue(): QueueStanding {
    return { queued: this.#queues.runs.size, most: this.#settings().limits.queued }
  }

  /** What its parent takes in the same turn is not known here: nothing that there is only so much of is taken beside it. */
  readonly #ofChild: Claims = {
    take: ({ state }, { step }) => this.#isBoundless(needsOf(state, step).all),
    admits: () => true,
    assertRoom: () => undefined,
    letters: ({ state }) => this.#letters + lettersOf(state),
    throttle: ({ state }, { step }) => this.#throttleOf(state, step),
    get ofChild() {
      return this
    },
  }

  #takes(turn: Asking, pass: Pass | null, own: Share | undefined, taken: Set<string>): boolean {
    const { state, now } = turn
    if (pass === null && state.record.parent !== null) return true
    const id = waitingId(state, pass)
    if (own?.granted.has(id) === true && !taken.has(id)) {
      taken.add(id)
      return true
    }
    if (this.#isBoundless(needsOf(state, pass?.step ?? null).all)) return true
    if (!this.#isOpen) return false
    const self = waiting(state, pass, sinceOf(state, pass, now))
    const queue = pass === null ? this.#queues.runs : this.#queues.passes
    const others = queue.values().filter((each) => each.run !== state.record.id && !this.#isGranted(each))
    const ownWaits = waitsOf(state).filter((each) => each.id !== id && own?.granted.has(each.id) !== true)
    const ahead = [...others, ...ownWaits].filter((each) => queue.isBefore(each, self))
    if (ownWaits.length > 0) ahead.sort((one, other) => (queue.isBefore(one, other) ? -1 : 1))
    return served([...ahead, self], (name) => this.#capacity(name), this.#freeFor(turn, pass, own, taken), this.#entangled(waitsOf(state))).includes(self)
  }

  /** What is throttled of which nobody else may go on now. */
  #throttleOf(state: RunState, step: StepId): Dependency | null {
    const names = [...needsOf(state, step).all.keys()].filter((name) => throttledBy(name) !== undefined)
    const short = names.find((name) => this.#free(name) < 1 || this.#queues.passes.values().some(({ needs }) => needs.has(name)))
    return short === undefined ? null : (throttledBy(short)?.dependency ?? null)
  }

  /** Who waits for whom. `present` are the waits of a run whose turn is under way, which the queue does not have yet. */
  #entangled(present: readonly Waiting[] = []): Entangled<Waiting> {
    const waitsOfRun = (run: RunId): readonly Waiting[] => (present[0]?.run === run ? present : (this.#shares.get(run)?.waits ?? []))
    const yieldsTo = (wanting: Waiting, other: Waiting): boolean => {
      if (other.run === wanting.run || !this.#holding.has(other.run)) return false
      if (!wanting.keeps.some((name) => other.needs.has(name))) return false
      const gaveWayTo = wanting.behind >= turnOf(other, this.#settings().limits.ageing)
      if (!gaveWayTo && !waitsOfRun(wanting.run).some((each) => each.id !== wanting.id && this.#isBehind(each, other.run))) return false
      // Where both wait for one another, that is a circle already, and none of them yields for ever.
      return !waitsOfRun(other.run).some((each) => this.#isBehind(each, wanting.run))
    }
    return {
      // Only who holds something over several steps is waited for by who comes before it in the queue, or who such a run waits for as its child.
      waitsFor: (ahead, other) => {
        if (this.#holding.size === 0 || (!this.#holding.has(other.run) && other.parent === null)) return false
        return this.#isBehind(ahead, other.run) || yieldsTo(ahead, other)
      },
      yields: (wanting) => wanting.keeps.length > 0 && this.#holding.size > 0 && this.#queues.passes.values().some((other) => yieldsTo(wanting, other)),
    }
  }

  #isBehind(ahead: Waiting, run: RunId): boolean {
    return this.#untangler.isBehind(ahead, run, (name) => this.#free(name), (waiting, from) => this.#queues.passes.before(waiting, from))
  }

  /** What is free for a run whose turn may have let go of something, or taken it. The place of a run is its own to take again. */
  #freeFor({ state }: Asking, pass: Pass | null, own: Share | undefined, taken: ReadonlySet<string>): (name: string) => number {
    if (pass === null) return (name) => this.#free(name) + (own?.held.get(name) ?? 0)
    const present = this.#heldIn(holdingsOf(state))
    return (name) => {
      const granted = [...(own?.granted ?? [])].reduce((sum, [id, amounts]) => sum + (taken.has(id) ? (amounts.get(name) ?? 0) : 0), 0)
      return this.#free(name) + (own?.held.get(name) ?? 0) + granted - (present.get(name) ?? 0)
    }
  }

  #serve(): void {
    if (!this.#isOpen) return
    for (const queue of [this.#queues.runs, this.#queues.passes]) {
      if (queue.size === 0) continue
      const open = queue.values().filter((each) => !this.#isGranted(each))
      const now = served(open, (name) => this.#capacity(name), (name) => this.#free(name), this.#entangled())
      for (const [run, granted] of Map.groupBy(now, (each) => each.run)) this.#grant(run, granted)
    }
  }

  #grant(run: RunId, waits: readonly Waiting[]): void {
    const share = this.#shares.get(run)
    if (share === undefined) return
    const granted = new Map([...share.granted, ...waits.map(({ id, needs }) => [id, needs] as const)])
    this.#replace(run, { ...share, granted })
    const over = (): void => this.#takeBack(run, waits)
    this.#waking.granted(run).then(over, over)
  }

  /** What was not taken of a grant is for others; the run is in the queue again once it takes a turn. */
  #takeBack(run: RunId, waits: readonly Waiting[]): void {
    const share = this.#shares.get(run)
    const left = new Set(waits.flatMap(({ id }) => (share?.granted.has(id) === true ? [id] : [])))
    if (share === undefined || left.size === 0) return
    const granted = new Map([...share.granted].filter(([id]) => !left.has(id)))
    this.#replace(run, { ...share, granted, waits: share.waits.filter(({ id }) => !left.has(id)) })
    this.#serve()
  }

  #put(state: RunState, leaving: readonly Holding[], letters: number): void {
    const { id: run, workflow } = state.record
    const waits = waitsOf(state)
    const holdings = holdingsOf(state)
    const held = this.#heldBy({ holdings, leaving })
    this.#replace(run, { state, run, workflow, holdings, leaving, held, letters, waits, granted: this.#stillGranted(run, waits) })
  }

  #stillGranted(run: RunId, waits: readonly Waiting[]): Share['granted'] {
    const granted = this.#shares.get(run)?.granted ?? noGrants
    if (granted.size === 0) return noGrants
    const wanted = new Set(waits.map(({ id }) => id))
    return new Map([...granted].filter(([id]) => wanted.has(id)))
  }

  /** What it lets go of is not free yet. */
  #heldBy({ holdings, leaving }: Pick<Share, 'holdings' | 'leaving'>): Amounts {
    return most(this.#heldIn(holdings), this.#heldIn(leaving))
  }

  #heldIn(holdings: readonly Holding[]): Amounts {
    let held = nothing
    for (const { amounts } of holdings) {
      const bounded = this.#boundedOf(amounts)
      if (held.size === 0) held = bounded
      else if (bounded.size > 0) held = sumOf([held, bounded])
    }
    return held
  }

  #boundedOf(amounts: Amounts): Amounts {
    const known = this.#bounded.get(amounts)
    if (known !== undefined) return known
    const bounded = new Map(amounts.entries().filter(([name]) => Number.isFinite(this.#capacity(name))))
    this.#bounded.set(amounts, bounded)
    return bounded
  }

  #replace(run: RunId, after: Share | undefined): void {
    const before = this.#shares.get(run)
    if (after === undefined) this.#shares.delete(run)
    else this.#shares.set(run, after)
    if ((after?.state.record.holds ?? null) === null) this.#holding.delete(run)
    else this.#holding.add(run)
    for (const each of before?.waits ?? []) this.#queueOf(each).remove(each)
    for (const each of after?.waits ?? []) this.#queueOf(each).add(each)
    this.#letters += (after?.letters ?? 0) - (before?.letters ?? 0)
    const [was, is] = [takenBy(before), takenBy(after)]
    if (was !== is) {
      added(this.#taken, was, -1)
      added(this.#taken, is)
    }
  }

  #assertRoom(now: Instant, own: readonly Waiting[]): void {
    const { queued: most } = this.#settings().limits
    const queued = this.#queues.runs.size - own.filter(({ pass }) => pass === null).length
    if (queued >= most) throw new Busy(queued, most, this.#pace.untilNext(now))
  }

  #isBoundless(needs: Amounts): boolean {
    this.#settings()
    return needs.keys().every((name) => this.#capacity(name) === Number.POSITIVE_INFINITY)
  }

  #queueOf({ pass }: Waiting): Queue {
    return pass === null ? this.#queues.runs : this.#queues.passes
  }

  #isGranted({ run, id }: Waiting): boolean {
    return this.#shares.get(run)?.granted.has(id) === true
  }

  #free(name: string): number {
    return this.#capacity(name) - (this.#taken.get(name) ?? 0)
  }

  #capacity(name: string): number {
    const throttled = throttledBy(name)
    if (throttled !== undefined) return this.#throttles.limitOf(throttled)
    const known = this.#capacities.get(name) ?? capacityOf(this.#policy ?? this.#settings(), name)
    this.#capacities.set(name, known)
    return known
  }

  /** The settings as they are. Of others, nothing that was made by those before is kept. */
  #settings(): Policy {
    const policy = this.#source()
    if (policy === this.#policy) return policy
    this.#policy = policy
    this.#capacities = new Map()
    this.#bounded = new WeakMap()
    this.#queues = queuesOf(policy.limits.ageing)
    this.#taken.clear()
    for (const share of [...this.#shares.values()]) {
      const anew = { ...share, held: this.#heldBy(share) }
      this.#shares.set(share.run, anew)
      added(this.#taken, takenBy(anew))
      for (const each of share.waits) this.#queueOf(each).add(each)
    }
    return policy
  }
}

function queuesOf(ageing: Millis): { readonly runs: Queue; readonly passes: Queue } {
  return { runs: new Queue(ageing), passes: new Queue(ageing) }
}

/** Of each name, the more of the two. */
function most(one: Amounts, other: Amounts): Amounts {
  if (one === other || other.size === 0) return one
  const all = new Map(one)
  for (const [name, amount] of other) all.set(name, Math.max(amount, all.get(name) ?? 0))
  return all
}

function takenBy(share: Share | undefined): Amounts {
  if (share === undefined) return nothing
  if (share.granted.size === 0) return share.held
  const taken = new Map(share.held)
  for (const amounts of share.granted.values()) added(taken, amounts)
  return taken
}

function sinceOf(state: RunState, pass: Pass | null, now: Instant): Instant {
  if (pass === null) return state.record.createdAt
  const { waiting: waits } = state.pass(pass)
  return waits?.for === 'resource' ? (waits.since ?? now) : now
}

function isThrottled({ needs }: Waiting): boolean {
  return needs.keys().some((name) => throttledBy(name) !== undefined)
}
