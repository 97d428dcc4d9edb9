/** What lives have met, counted: a proof that never met something shows nothing of it. */
import type { HostEntry, RunEntry } from '../../src/model/entry.ts'
import type { RunState } from '../../src/engine/state/run-state.ts'
import type { Told } from './story.ts'

/** How often each thing of a group was met, by the name of the group. */
export type Counts = Readonly<Record<string, Readonly<Record<string, number>>>>

export class Coverage {
  readonly #counts = new Map<string, Map<string, number>>()

  note(group: string, what: string, times = 1): void {
    const counts = this.#counts.get(group) ?? new Map<string, number>()
    counts.set(what, (counts.get(what) ?? 0) + times)
    this.#counts.set(group, counts)
  }

  add(counts: Counts): void {
    for (const [group, each] of Object.entries(counts)) for (const [what, times] of Object.entries(each)) this.note(group, what, times)
  }

  host({ events }: Pick<HostEntry, 'events'>): void {
    for (const event of events) {
      if (event.type === 'throttle_set') this.note('throttles', event.was === null || event.throttle.limit < event.was ? 'lowered' : 'raised')
      if (event.type === 'throttle_lifted') this.note('throttles', `lifted by ${event.by}`)
    }
  }

  /** `state` is the run as the entry left it. */
  entry({ events }: RunEntry, state: RunState): void {
    for (const event of events) {
      if (event.type === 'attempt_started') this.note(event.phase === 'run' ? 'kinds' : 'phases', event.phase === 'run' ? state.manifest(event.step).kind : event.phase)
      if (event.type === 'recovery_began') this.note('strategies', event.recovery.strategy)
      if (event.type === 'error_opened') this.note('errors', event.error.failure.class)
      if (event.type === 'decision_opened') this.note('questions', event.decision.kind)
      if (event.type === 'compensation_settled') this.note('compensations', event.as)
      if (event.type === 'run_closing') this.note('endings', event.closing.outcome === 'rolled_back' ? `rolled back by ${event.closing.by.kind}` : event.closing.outcome)
      if (event.type === 'resources_awaited' && event.on !== undefined) this.note('throttles', 'waited for')
      if (event.type === 'resources_held') this.note('holds', 'held')
      if (event.type === 'run_closing' && event.closing.outcome === 'rolled_back' && event.closing.lost !== undefined) this.note('holds', 'gave way')
      if (event.type === 'step_waiting' && event.for === 'breaker') this.note('breakers', 'held back')
      if (event.type === 'run_restored' && event.byItself) this.note('endings', 'gone back by itself')
      if (event.type === 'decision_closed' && state.decision(event.id) === undefined && event.action === 'discard') this.note('dead letters', 'discarded')
      if (event.type === 'child_ended') this.note('children', event.status)
      if (event.type === 'child_called_back') this.note('children', 'called back')
      if (event.type === 'savepoint_passed') this.note('savepoints', 'passed')
    }
  }

  story(told: readonly Told[]): void {
    for (const { what } of told) this.note('faults and people', what)
  }

  counts(): Counts {
    return Object.fromEntries(byName(this.#counts).map(([group, counts]) => [group, Object.fromEntries(byName(counts))]))
  }
}

function byName<T>(named: ReadonlyMap<string, T>): [string, T][] {
  return [...named].toSorted(([a], [b]) => (a < b ? -1 : 1))
}
