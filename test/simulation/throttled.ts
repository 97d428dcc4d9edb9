/**
 * What has answered that it was too much, told from the journal and the rows of the disk: no more go on at once that reach it than
 * were let at any moment between when a turn decided and when it was kept.
 */
import type { JournalEntry } from '../../src/model/entry.ts'
import type { Instant, RunId, StepId, WorkflowName } from '../../src/model/ids.ts'
import { type Throttle, throttleKey } from '../../src/model/throttle.ts'
import type { RunState } from '../../src/engine/state/run-state.ts'
import type { Wrong } from './custody.ts'
import type { Watch } from './watch.ts'

type Bound = Pick<Throttle, 'workflow' | 'dependency' | 'steps' | 'limit'>

/** An attempt under way, and what its step names. */
interface Live {
  readonly workflow: WorkflowName
  readonly step: StepId
  readonly dependency: string | null
}

/** What held until then: infinite where nothing did, or of other steps. */
interface Before {
  readonly until: Instant
  readonly limit: number
}

interface Known {
  readonly throttle: Throttle
  readonly before: readonly Before[]
}

export class Throttled implements Watch {
  readonly #known = new Map<string, Known>()
  readonly #live = new Map<RunId, readonly Live[]>()
  /** Those of this host that could not be taken up with the others: what the disk has of one, and did not say, nobody works on yet. */
  #late: ReadonlySet<RunId> = new Set()
  /** As the engine has them now: what it could not journal holds all the same. */
  readonly #bounds: () => readonly Bound[]

  constructor(bounds: () => readonly Bound[]) {
    this.#bounds = bounds
  }

  wrong(entry: JournalEntry, state: RunState | undefined): Wrong | undefined {
    if (entry.run === null) {
      this.#note(entry)
      return undefined
    }
    if (state === undefined) return undefined
    const own = this.#live.get(entry.run) ?? []
    const now = liveOf(state)
    this.#live.set(entry.run, now)
    for (const { throttle, before } of this.#known.values()) {
      if (count(now, throttle) <= count(own, throttle)) continue
      const sum = this.#underWay(throttle, (run) => run === entry.run || !this.#late.has(run))
      const most = Math.max(throttle.limit, this.#present(throttle), ...before.filter(({ until }) => until >= entry.at).map(({ limit }) => limit))
      if (sum > most) return [13, `${sum} at once reach ${throttle.dependency} of ${throttle.workflow}, and ${most} may`]
    }
    return undefined
  }

  /** Nobody works on these. */
  left(runs: readonly RunId[]): void {
    this.#late = new Set(runs)
    for (const run of runs) this.#live.delete(run)
  }

  /** Whether as many as may be reach something that the step is known to reach. */
  isFull({ record: { workflow } }: RunState, step: Pick<Live, 'dependency'> & { readonly id: StepId }): boolean {
    const its = { workflow, step: step.id, dependency: step.dependency }
    return this.#bounds().some((bound) => isOf(its, bound) && this.#underWay(bound) >= bound.limit)
  }

  #note({ at, events }: JournalEntry): void {
    for (const event of events) {
      if (event.type === 'throttle_lifted') this.#known.delete(throttleKey(event))
      if (event.type !== 'throttle_set') continue
      const { throttle, was } = event
      const known = this.#known.get(throttleKey(throttle))
      const isSame = known !== undefined && known.throttle.steps.length === throttle.steps.length
      const limit = isSame && was !== null ? was : Number.POSITIVE_INFINITY
      this.#known.set(throttleKey(throttle), { throttle, before: [...(known?.before ?? []), { until: at, limit }] })
    }
  }

  #present(throttle: Throttle): number {
    return this.#bounds().find((bound) => throttleKey(bound) === throttleKey(throttle))?.limit ?? Number.POSITIVE_INFINITY
  }

  #underWay(bound: Bound, counts: (run: RunId) => boolean = () => true): number {
    return [...this.#live].reduce((sum, [run, live]) => sum + (counts(run) ? count(live, bound) : 0), 0)
  }
}

function liveOf(state: RunState): Live[] {
  const { workflow } = state.record
  return [...state.attempts()].flatMap(({ step, phase }) => (phase === 'check' ? [] : [{ workflow, step, dependency: state.manifest(step).dependency }]))
}

function isOf({ workflow, step, dependency }: Live, bound: Bound): boolean {
  return workflow === bound.workflow && (dependency === bound.dependency || bound.steps.includes(step))
}

function count(live: readonly Live[], bound: Bound): number {
  return live.filter((each) => isOf(each, bound)).length
}
