/**
 * What there is only so much of, told from the rows of the disk alone and without any cleverness: nobody ever holds more than
 * there is, and whoever waits waits for something that others have, or for somebody before it.
 */
import type { RunEntry } from '../../src/model/entry.ts'
import type { RunId } from '../../src/model/ids.ts'
import type { Policy } from '../../src/model/policy/policy.ts'
import { isEnded } from '../../src/model/status.ts'
import { capacityOf } from '../../src/engine/allocation/capacity.ts'
import { readiness } from '../../src/engine/planner/readiness.ts'
import type { RunState } from '../../src/engine/state/run-state.ts'
import type { Throttled } from './throttled.ts'

/** Nobody gives way more often: whoever does is sent round by others that lose nothing. */
const mostGivenWay = 30

export class Shares {
  readonly #policy: Policy
  readonly #throttled: Throttled
  readonly #holds = new Map<RunId, ReadonlyMap<string, number>>()

  #left = new Set<RunId>()
  /** Those of this host that could not be taken up with the others: whoever asked since may have what they come back with. */
  #late: ReadonlySet<RunId> = new Set()

  constructor(policy: Policy, throttled: Throttled) {
    this.#policy = policy
    this.#throttled = throttled
  }

  /** What is wrong with what an entry took; undefined where nothing is. `state` is the run as the entry left it. */
  wrong({ events }: RunEntry, state: RunState): string | undefined {
    const before = this.#holds.get(state.record.id)
    const after = heldBy(state)
    this.#holds.set(state.record.id, after)
    this.#left.delete(state.record.id)
    // What went on when its host ended goes on: those that could not be taken up once may be too many when they can.
    const isTakenUp = events.some(({ type }) => type === 'run_recovered')
    // Of one that is found to be damaged then, the rows have what was under way still; nobody works on it.
    const isSetAsideLate = before === undefined && events.some(({ type }) => type === 'run_quarantined')
    for (const [name, sum] of this.#sums((run) => run === state.record.id || !this.#late.has(run))) {
      const isMore = (after.get(name) ?? 0) > (before?.get(name) ?? 0) && !(isTakenUp && (name.startsWith('@runs') || state.record.holds?.[name] !== undefined))
      const capacity = capacityOf(this.#policy, name)
      if (isMore && !isSetAsideLate && sum > capacity) return `${sum} of ${name} are held, of ${capacity}: by ${this.#holdersOf(name).join(', ')}`
    }
    const { id, givenWay } = state.record
    return (givenWay?.times ?? 0) > mostGivenWay ? `run ${id} has given way more than ${mostGivenWay} times` : undefined
  }

  /** Nobody works on these: what they held nobody holds, until something happens to them again. */
  left(runs: readonly RunId[]): void {
    this.#left = new Set(runs)
    this.#late = new Set(runs)
    for (const run of runs) this.#holds.delete(run)
  }

  /** Who waits though nothing keeps it from going on, once all is at rest; undefined where nobody does. */
  forgotten(states: Iterable<RunState>): string | undefined {
    const sums = this.#sums()
    const isShort = (needs: ReadonlyMap<string, number>): boolean =>
      needs.entries().some(([name, amount]) => (sums.get(name) ?? 0) + amount > capacityOf(this.#policy, name))
    const waiting = [...states].filter(({ record }) => !this.#left.has(record.id)).flatMap((state) => wants(state, this.#throttled))
    const idle = waiting.filter(({ needs, isThrottled }) => !isThrottled && !isShort(needs))
    // Who is first of all that wait waits for nobody before it.
    return waiting.length > 0 && idle.length === waiting.length ? `nobody serves ${idle.map(({ who }) => who).join(', ')}` : undefined
  }

  /** Runs that wait for one another and for nothing else, once all is at rest; undefined where none do. */
  tied(states: Iterable<RunState>): string | undefined {
    const sums = this.#sums()
    const waiting = new Map([...states].flatMap((state) => (isIdle(state) && wants(state, this.#throttled).length > 0 ? [[state.record.id, wants(state, this.#throttled)] as const] : [])))
    const isTied = (needs: ReadonlyMap<string, number>): boolean =>
      needs.entries().some(([name, amount]) => (sums.get(name) ?? 0) + amount > capacityOf(this.#policy, name) && this.#holdersOf(name).every((run) => waiting.has(run)))
    for (let left = -1; left !== waiting.size; ) {
      left = waiting.size
      for (const [run, all] of waiting) if (!all.every(({ needs }) => isTied(needs))) waiting.delete(run)
    }
    return waiting.size === 0 ? undefined : `nobody gives way among ${[...waiting.keys()].join(', ')}`
  }

  #holdersOf(name: string): RunId[] {
    return [...this.#holds].flatMap(([run, held]) => (held.has(name) ? [run] : []))
  }

  #sums(counts: (run: RunId) => boolean = () => true): Map<string, number> {
    const sums = new Map<string, number>()
    for (const [run, held] of this.#holds) if (counts(run)) for (const [name, amount] of held) sums.set(name, (sums.get(name) ?? 0) + amount)
    return sums
  }
}

/** Spelled out once more: what an attempt uses, what its run comes to hold with it, and the limits that it counts under. */
function needs(state: RunState, step: RunState['graph']['order'][number]): Map<string, number> {
  const { workflow } = state.record
  const limits = ['@attempts', `@attempts/${workflow}`, `@attempts/${workflow}/${step}`].map((name): [string, number] => [name, 1])
  const { uses, holds } = state.manifest(step)
  const lacked = Object.entries(holds).filter(([name]) => state.record.holds?.[name] === undefined)
  return new Map([...Object.entries(uses), ...lacked, ...limits])
}

/** Nothing of it is awaited but that a person drains it. */
function isLetter(state: RunState): boolean {
  const waits = new Set([...state.underWay()].map(({ waiting }) => waiting?.for))
  const others = [...waits].filter((each) => each !== 'dead_letter' && each !== 'fallback')
  if (!waits.has('dead_letter') || others.length > 0 || state.attempts().next().done !== true || state.record.closing !== null) return false
  // What a paused run would start at once it has its place for.
  return !state.record.paused || state.unsettled().every(({ step }) => readiness(state, step) === 'hold')
}

/** Nothing of it goes on by itself, or by a person's word. */
function isIdle(state: RunState): boolean {
  const isAwaited = [...state.underWay()].some(({ waiting }) => waiting?.for !== 'resource')
  return state.attempts().next().done === true && state.decisions().next().done === true && !isAwaited
}

function heldBy(state: RunState): Map<string, number> {
  const { workflow, status, admitted, parent, holds } = state.record
  const held = new Map<string, number>()
  const goesOn = holds !== null || (status !== 'quarantined' && !isLetter(state))
  if (parent === null && admitted && !isEnded(status) && goesOn) for (const name of ['@runs', `@runs/${workflow}`]) held.set(name, 1)
  for (const [name, { amount }] of Object.entries(holds ?? {})) held.set(name, amount)
  for (const { step, phase } of state.attempts()) {
    if (phase !== 'check') for (const [name, amount] of needs(state, step)) held.set(name, (held.get(name) ?? 0) + amount)
  }
  return held
}

interface Wanted {
  readonly who: string
  readonly needs: ReadonlyMap<string, number>
  /** As many as may be reach what it reaches. */
  readonly isThrottled: boolean
}

function wants(state: RunState, throttled: Throttled): Wanted[] {
  const { id, workflow, status, paused, admitted } = state.record
  if (paused || status === 'quarantined' || isEnded(status)) return []
  if (!admitted && state.record.closing === null) return [{ who: id, needs: new Map([['@runs', 1], [`@runs/${workflow}`, 1]]), isThrottled: false }]
  return [...state.underWay()].flatMap((pass) => {
    return pass.waiting?.for === 'resource' ? [{ who: `${id}/${pass.step}`, needs: needs(state, pass.step), isThrottled: throttled.isFull(state, state.manifest(pass.step)) }] : []
  })
}
