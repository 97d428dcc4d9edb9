/**
 * The throttles of a workspace: one for each workflow and dependency that has answered that it was too much.
 *
 * Who owns what: this owns how they stand, and who is known to reach what; the allocator sees to it that no more go on, as of any
 * limit. The store has every one, so that the next host goes on with it; answers that have raised nothing yet are counted anew.
 *
 * Invariants:
 * 1. Each change is journaled, in the order in which it happened. Where that fails, it holds all the same.
 * 2. What a step reaches that does not name it is known once it has: from then on it is among those that are throttled.
 */
import { type Actor, engineActor } from '../../model/actor.ts'
import type { HostEvent, RunEventMap } from '../../model/event.ts'
import type { Instant, RunId, StepId, WorkflowName } from '../../model/ids.ts'
import type { StepManifest } from '../../model/manifest.ts'
import { rulesFor } from '../../model/policy/policy.ts'
import type { ThrottleRules } from '../../model/policy/throttle-rules.ts'
import { limitNames } from '../../model/resource.ts'
import { type Throttle, throttleKey, type ThrottleName } from '../../model/throttle.ts'
import { outcomeOf, wasLackedHere } from '../breakers/outcome.ts'
import type { Ports } from '../ports.ts'
import { answered, joined, refused, type Throttling } from './throttle.ts'

type Ended = Pick<RunEventMap['attempt_ended'], 'step' | 'status' | 'failure'>

/** Who shares what there is. */
export interface Sharing {
  /** How many attempts of the workflow are under way at such steps. */
  readonly underWay: (workflow: WorkflowName, isOf: (step: Pick<StepManifest, 'id' | 'dependency'>) => boolean) => number
  /** Other steps of the workflow are throttled than before. */
  readonly changed: (workflow: WorkflowName) => void
  /** The same steps are, to another number. */
  readonly moved: (workflow: WorkflowName) => void
}

export interface ThrottleStanding extends Throttling {
  readonly rules: ThrottleRules
}

export class Throttles {
  readonly #ports: Pick<Ports, 'storage' | 'clock' | 'policy' | 'notification'>
  readonly #sharing: Sharing
  readonly #known = new Map<string, Throttling>()

  constructor(ports: Pick<Ports, 'storage' | 'clock' | 'policy' | 'notification'>, sharing: Sharing) {
    this.#ports = ports
    this.#sharing = sharing
    for (const throttle of ports.storage.throttles()) this.#known.set(throttleKey(throttle), { throttle, answered: 0 })
  }

  /** Names of the limits under which attempts at the step go on beside others. */
  readonly of = (workflow: WorkflowName, step: Pick<StepManifest, 'id' | 'dependency'>): readonly string[] => {
    if (this.#known.size === 0 || !this.#rulesOf(workflow).enabled) return []
    const its = [...this.#known.values()].filter(({ throttle }) => throttle.workflow === workflow && reaches(throttle, step))
    return its.map(({ throttle }) => limitNames.reaching(throttle))
  }

  /** How many may go on at once; infinite where nothing is throttled. */
  limitOf(name: ThrottleName): number {
    const known = this.#known.get(throttleKey(name))
    return known === undefined ? Number.POSITIVE_INFINITY : Math.max(known.throttle.limit, this.#rulesOf(name.workflow).least)
  }

  /** An attempt at the step is let reach the dependency. */
  reached(name: ThrottleName, step: StepId): void {
    const known = this.#known.get(throttleKey(name))
    if (known === undefined || known.throttle.steps.includes(step)) return
    this.#known.set(throttleKey(name), joined(known, step))
    this.#sharing.changed(name.workflow)
  }

  /** What has become of an attempt that had reached the dependency, and that began then. */
  settle(name: ThrottleName, run: RunId, began: Instant, ended: Ended): void {
    const rules = this.#rulesOf(name.workflow)
    const before = this.#known.get(throttleKey(name))
    const isTooMuch = isRefusal(ended)
    if (!rules.enabled || (!isTooMuch && (before === undefined || outcomeOf(ended) !== 'answered'))) return
    const after = isTooMuch ? this.#refused(before, name, run, began, ended, rules) : before && answered(before, began, rules)
    if (after === undefined) return before === undefined ? undefined : this.#lift(name)
    this.#known.set(throttleKey(name), after)
    if (after.throttle === before?.throttle) return
    void this.#tell({ type: 'throttle_set', throttle: after.throttle, was: before?.throttle.limit ?? null })
    const isSame = before?.throttle.steps.length === after.throttle.steps.length
    if (isSame) this.#sharing.moved(name.workflow)
    else this.#sharing.changed(name.workflow)
  }

  /** A person lifts it. @throws StorageError, and it stands as it stood */
  async reset(name: ThrottleName, actor: Actor, reason: string | null): Promise<boolean> {
    const key = throttleKey(name)
    const known = this.#known.get(key)
    if (known === undefined) return false
    this.#known.delete(key)
    try {
      await this.#record({ type: 'throttle_lifted', ...name, by: 'person', reason }, actor)
    } catch (error) {
      if (!this.#known.has(key)) this.#known.set(key, known)
      throw error
    } finally {
      this.#sharing.changed(name.workflow)
    }
    return true
  }

  list(): readonly ThrottleStanding[] {
    return [...this.#known.values()].map((each) => ({ ...each, rules: this.#rulesOf(each.throttle.workflow) })).filter(({ rules }) => rules.enabled)
  }

  #refused(before: Throttling | undefined, name: ThrottleName, run: RunId, began: Instant, { step }: Ended, rules: ThrottleRules): Throttling | undefined {
    const { dependency, workflow } = name
    const known = { dependency, steps: [...(before?.throttle.steps ?? []), step] }
    // It has ended already.
    const underWay = this.#sharing.underWay(workflow, (each) => reaches(known, each)) + 1
    return refused(before, name, { run, step, began, underWay }, this.#ports.clock.now(), rules)
  }

  #lift(name: ThrottleName): void {
    this.#known.delete(throttleKey(name))
    void this.#tell({ type: 'throttle_lifted', ...name, by: 'answers', reason: null })
    this.#sharing.changed(name.workflow)
  }

  async #tell(event: HostEvent): Promise<void> {
    try {
      await this.#record(event, engineActor)
    } catch (error) {
      this.#ports.notification.troubled('a throttle could not be journaled: the next host does not know how it stands', error)
    }
  }

  async #record(event: HostEvent, actor: Actor): Promise<void> {
    const { storage, clock, notification } = this.#ports
    const entry = await storage.record({ at: clock.now(), actor, correlation: null, run: null, events: [event] })
    notification.committed(entry, null)
  }

  #rulesOf(workflow: WorkflowName): ThrottleRules {
    return rulesFor(this.#ports.policy(), workflow).throttles
  }
}

/** Whether attempts at the step are known to reach what is throttled. */
export function reaches({ dependency, steps }: Pick<Throttle, 'dependency' | 'steps'>, step: Pick<StepManifest, 'id' | 'dependency'>): boolean {
  return step.dependency === dependency || steps.includes(step.id)
}

/** The dependency itself answered that it was too much. */
function isRefusal({ status, failure }: Ended): boolean {
  return (status === 'failed' || status === 'in_doubt') && failure?.class === 'resource' && !wasLackedHere(failure)
}
