import type { RunId, WorkflowName } from '../../model/ids.ts'
import type { Policy } from '../../model/policy/policy.ts'
import { type Holder, isLimit, limitNames, type ResourceStanding, type Waiter } from '../../model/resource.ts'
import type { RunState } from '../state/run-state.ts'
import { isDeclared, isSet } from './capacity.ts'
import type { Holding, Waiting } from './needs.ts'
import type { Amounts, HowMuch } from './serve.ts'

/** What is known of a run that is in memory. */
export interface Share {
  readonly state: RunState
  readonly run: RunId
  readonly workflow: WorkflowName
  readonly holdings: readonly Holding[]
  /** What it has decided to let go of, until that is committed. */
  readonly leaving: readonly Holding[]
  /** What others have to reckon with, as far as there is a bound. */
  readonly held: Amounts
  /** How many dead letters it has, or had until what it has decided is committed. */
  readonly letters: number
  readonly waits: readonly Waiting[]
  /** What of `waits` was granted and is not taken yet, by its id. */
  readonly granted: ReadonlyMap<string, Amounts>
}

/** A limit that nobody has set is told of once one part in so many of it is taken. */
const far = 10
/** So many of those that hold, and of those that wait, are told one by one. */
const told = 100

/** Every resource that is declared, used or awaited, the limits over all, and of the others those that are set or not far. `waiting` is in order. */
export function standingsOf(policy: Policy, capacity: HowMuch, shares: Iterable<Share>, waiting: readonly Waiting[]): ResourceStanding[] {
  const holders = new Map<string, Holder[]>()
  const waiters = new Map<string, Waiter[]>()
  for (const { run, workflow, holdings } of shares) {
    for (const { for: what, pass, amounts, since } of holdings) {
      for (const [name, amount] of amounts) within(holders, name).push({ run, workflow, ...at(pass), for: what, amount, since })
    }
  }
  const sums = new Map([...holders].map(([name, those]) => [name, those.reduce((sum, { amount }) => sum + amount, 0)]))
  // Of a limit that is not reached nobody waits for its turn, whatever else it waits for.
  const isShort = (name: string, amount: number): boolean => (sums.get(name) ?? 0) + amount > capacity(name)
  for (const { run, workflow, pass, needs, since, priority } of waiting) {
    for (const [name, amount] of needs) {
      if (isLimit(name) && !isShort(name, amount)) continue
      const those = within(waiters, name)
      those.push({ run, workflow, ...at(pass), amount, since, priority, place: those.length + 1 })
    }
  }
  const isNear = (name: string): boolean => waiters.has(name) || (sums.get(name) ?? 0) * far >= capacity(name)
  const names = new Set([...Object.keys(policy.resources), limitNames.runs, limitNames.attempts, ...holders.keys(), ...waiters.keys()])
  return [...names]
    .filter((name) => Number.isFinite(capacity(name)) && (!isLimit(name) || isSet(policy, name) || isNear(name)))
    .toSorted((one, other) => Number(isLimit(one)) - Number(isLimit(other)) || (one < other ? -1 : 1))
    .map((name) => {
      const holding = within(holders, name)
      const awaiting = within(waiters, name)
      return {
        name,
        capacity: capacity(name),
        isDeclared: isDeclared(policy, name),
        held: sums.get(name) ?? 0,
        holders: holding.toSorted((one, other) => one.since - other.since).slice(0, told),
        waiting: awaiting.length,
        waiters: awaiting.slice(0, told),
      }
    })
}

function within<T>(lists: Map<string, T[]>, name: string): T[] {
  const list = lists.get(name) ?? []
  lists.set(name, list)
  return list
}

function at(pass: Holding['pass']) {
  return { step: pass?.step ?? null, iteration: pass?.iteration ?? null }
}
