/**
 * The breakers of a workspace: one for each workflow and dependency, made as failures are heard of.
 *
 * Who owns what: this owns how breakers stand; the store has every open one, so that the next host goes on with it. What a closed
 * one has counted is of the last minute or so, and is counted anew after a restart.
 *
 * Invariants:
 * 1. Opening and closing is journaled, in the order in which it happened.
 * 2. Where it cannot be journaled, the breaker holds all the same: it protects, and says nothing of any run.
 */
import { type Actor, engineActor } from '../../model/actor.ts'
import { type BreakerName, breakerKey, type OpenBreaker } from '../../model/breaker.ts'
import type { HostEvent } from '../../model/event.ts'
import type { Instant, RunId, StepId } from '../../model/ids.ts'
import type { BreakerRules } from '../../model/policy/breaker-rules.ts'
import { rulesFor } from '../../model/policy/policy.ts'
import type { Ports } from '../ports.ts'
import { admitted, type Breaker, closed, closedAt, heldUntil, type Outcome, recent, settled } from './breaker.ts'

type Last = OpenBreaker['last']

export interface Standing {
  readonly name: BreakerName
  readonly breaker: Breaker
  readonly rules: BreakerRules
  readonly last: Last | null
}

/** What a turn may ask: until when a pass waits before it may reach a dependency. Whom it lets through, it remembers. */
export interface Gate {
  admit(name: BreakerName, who: string): Instant | null
}

/** Whom a breaker lets through: a pass, whichever its attempt. */
export function whoOf(run: RunId, { step, iteration }: { readonly step: StepId; readonly iteration: number }): string {
  return `${run}/${step}/${iteration}`
}

interface Known {
  readonly name: BreakerName
  breaker: Breaker
  last: Last | null
}

export type BreakerPorts = Pick<Ports, 'storage' | 'clock' | 'policy' | 'notification'>

export class Breakers implements Gate {
  readonly #ports: BreakerPorts
  readonly #closed: (name: BreakerName) => void
  readonly #known = new Map<string, Known>()

  /** `closed` is called once a breaker lets everybody through again. */
  constructor(ports: BreakerPorts, whenClosed: (name: BreakerName) => void) {
    this.#ports = ports
    this.#closed = whenClosed
    for (const { workflow, dependency, openedAt: since, until, times, last } of ports.storage.breakers()) {
      const breaker: Breaker = { status: 'open', since, until, times, failures: [], probe: null }
      this.#known.set(breakerKey({ workflow, dependency }), { name: { workflow, dependency }, breaker, last })
    }
  }

  admit(name: BreakerName, who: string): Instant | null {
    const known = this.#known.get(breakerKey(name))
    const rules = this.#rulesOf(name)
    if (known === undefined || !rules.enabled) return null
    const now = this.#ports.clock.now()
    const until = heldUntil(known.breaker, who, now, rules)
    if (until === null) known.breaker = admitted(known.breaker, who, now)
    return until
  }

  /** The same for a turn that is only looked at: whom it lets through, nobody remembers afterwards. */
  looking(): Gate {
    const passed = new Map<string, Breaker>()
    return {
      admit: (name, who) => {
        const key = breakerKey(name)
        const breaker = passed.get(key) ?? this.#known.get(key)?.breaker
        const rules = this.#rulesOf(name)
        if (breaker === undefined || !rules.enabled) return null
        const now = this.#ports.clock.now()
        const until = heldUntil(breaker, who, now, rules)
        if (until === null) passed.set(key, admitted(breaker, who, now))
        return until
      },
    }
  }

  /** What has become of an attempt that was let through. */
  settle(name: BreakerName, who: string, outcome: Outcome, last: Last): void {
    const rules = this.#rulesOf(name)
    const key = breakerKey(name)
    const now = this.#ports.clock.now()
    const known = this.#known.get(key) ?? { name, breaker: closedAt(now), last: null }
    if (!rules.enabled || (outcome !== 'failed' && !this.#known.has(key))) return
    const before = known.breaker
    known.breaker = settled(before, who, outcome, now, rules)
    if (outcome === 'failed') known.last = last
    this.#known.set(key, known)
    if (before.status === known.breaker.status) return
    if (known.breaker.status === 'open') void this.#tell({ type: 'breaker_opened', breaker: openOf(known, last) })
    else this.#close(known.name, { type: 'breaker_closed', ...name, by: 'answer', reason: null })
  }

  /** A person closes it, whatever it has counted. @throws StorageError */
  async reset(name: BreakerName, actor: Actor, reason: string | null): Promise<boolean> {
    const known = this.#known.get(breakerKey(name))
    if (known === undefined) return false
    const { times } = known.breaker
    await this.#record({ type: 'breaker_closed', ...name, by: 'person', reason }, actor)
    // It has opened again since, and the journal has that after this; or it is another by now.
    if (known.breaker.times > times || this.#known.get(breakerKey(name)) !== known) return true
    known.breaker = closed(known.breaker, this.#ports.clock.now())
    this.#forget(name)
    return true
  }

  /** Every one that is not closed, and those that have counted failures. */
  list(): readonly Standing[] {
    const now = this.#ports.clock.now()
    return [...this.#known.values()].flatMap(({ name, breaker, last }) => {
      const rules = this.#rulesOf(name)
      const failures = recent(breaker, now, rules)
      return breaker.status === 'closed' && failures.length === 0 ? [] : [{ name, breaker: { ...breaker, failures }, rules, last }]
    })
  }

  #close(name: BreakerName, event: HostEvent): void {
    void this.#tell(event)
    this.#forget(name)
  }

  #forget(name: BreakerName): void {
    this.#known.delete(breakerKey(name))
    this.#closed(name)
  }

  async #tell(event: HostEvent): Promise<void> {
    try {
      await this.#record(event, engineActor)
    } catch (error) {
      this.#ports.notification.troubled('a breaker could not be journaled: the next host does not know how it stands', error)
    }
  }

  async #record(event: HostEvent, actor: Actor): Promise<void> {
    const { storage, clock, notification } = this.#ports
    const entry = await storage.record({ at: clock.now(), actor, correlation: null, run: null, events: [event] })
    notification.committed(entry, null)
  }

  #rulesOf({ workflow }: BreakerName): BreakerRules {
    return rulesFor(this.#ports.policy(), workflow).breakers
  }
}

function openOf({ name, breaker: { since, until, times } }: Known, last: Last): OpenBreaker {
  return { ...name, openedAt: since, until, times, last }
}
