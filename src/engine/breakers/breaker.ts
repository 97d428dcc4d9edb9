/**
 * One circuit breaker as a pure reducer: closed, open after too many failures within a while, half open once it has cooled down.
 *
 * Invariants:
 * 1. An open breaker lets nobody through before its time, a half-open one lets one through.
 * 2. Only the one that a half-open breaker let through closes it, or opens it again; what began before that says nothing new.
 * 3. The one that was let through holds its place no longer than the cool-down: where nothing is heard of it, the next may try.
 */
import type { Instant } from '../../model/ids.ts'
import type { BreakerRules } from '../../model/policy/breaker-rules.ts'
import type { BreakerStatus } from '../../model/status.ts'
import { move } from '../../model/transitions.ts'

export interface Breaker {
  readonly status: BreakerStatus
  readonly since: Instant
  /** When failures happened that a closed one counts, oldest first. */
  readonly failures: readonly Instant[]
  /** When an open one lets one through. */
  readonly until: Instant
  /** How often it has opened since it was closed last. */
  readonly times: number
  /** Whom a half-open one has let through, and when. */
  readonly probe: { readonly who: string; readonly since: Instant } | null
}

/** What became of an attempt to reach the dependency. `gone`: nobody knows, it was stopped. */
export type Outcome = 'answered' | 'failed' | 'gone'

export function closedAt(now: Instant): Breaker {
  return { status: 'closed', since: now, failures: [], until: now, times: 0, probe: null }
}

/** Until when `who` waits; null where it may go on, and then `admitted` says so. */
export function heldUntil({ status, until, probe }: Breaker, who: string, now: Instant, rules: BreakerRules): Instant | null {
  if (status === 'closed') return null
  if (status === 'open') return now >= until ? null : until
  if (probe === null || probe.who === who) return null
  const due = probe.since + rules.cool_down
  return now >= due ? null : due
}

/** Who is let through by one that is not closed is the one that it goes by. */
export function admitted(breaker: Breaker, who: string, now: Instant): Breaker {
  const { status, probe, since } = breaker
  if (status === 'closed' || probe?.who === who) return breaker
  const isStill = status === 'half_open'
  return { ...breaker, status: isStill ? status : to(breaker, 'half_open'), since: isStill ? since : now, probe: { who, since: now } }
}

/** What an attempt of `who` has come to. */
export function settled(breaker: Breaker, who: string, outcome: Outcome, now: Instant, rules: BreakerRules): Breaker {
  if (breaker.status === 'closed') return outcome === 'failed' ? counted(breaker, now, rules) : breaker
  if (breaker.status === 'open' || breaker.probe?.who !== who) return breaker
  if (outcome === 'failed') return opened(breaker, now, rules)
  return outcome === 'answered' ? closed(breaker, now) : { ...breaker, probe: null }
}

/** A person closes it. */
export function closed(breaker: Breaker, now: Instant): Breaker {
  return breaker.status === 'closed' ? closedAt(now) : { ...closedAt(now), status: to(breaker, 'closed') }
}

/** Failures that count now. */
export function recent({ failures }: Breaker, now: Instant, { within }: BreakerRules): readonly Instant[] {
  return failures.filter((at) => now - at < within)
}

function counted(breaker: Breaker, now: Instant, rules: BreakerRules): Breaker {
  const failures = [...recent(breaker, now, rules), now]
  return failures.length < rules.failures ? { ...breaker, failures } : opened(breaker, now, rules)
}

function opened(breaker: Breaker, now: Instant, rules: BreakerRules): Breaker {
  return { status: to(breaker, 'open'), since: now, failures: [], until: now + rules.cool_down, times: breaker.times + 1, probe: null }
}

function to(breaker: Breaker, status: BreakerStatus): BreakerStatus {
  return move('breaker', 'of a dependency', breaker.status, status)
}
