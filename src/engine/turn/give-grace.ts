/**
 * A run that somebody wants ended does not wait without a bound for what is inside an effect.
 *
 * Invariants:
 * 1. What may be cut off at once is so when closing begins (`close.ts`); this is for what is left then.
 * 2. What starts after the grace was given is not under it: a compensation has its own timeout, or is given a grace of its own.
 */
import { rulesFor } from '../../model/policy/policy.ts'
import { wasUnderWay } from '../planner/timers.ts'
import type { Turn } from './turn.ts'

/** What is still under way of a run that is being brought to its end has its grace from now on, unless it has one already. */
export function giveGrace(turn: Turn): void {
  const { closing, workflow } = turn.state.record
  if (closing === null || closing.outcome === 'rolled_back') return
  if (closing.grace !== undefined && closing.grace.until > turn.now) return
  if (!turn.state.attempts().some((attempt) => wasUnderWay(attempt, turn.now))) return
  const { grace } = rulesFor(turn.policy, workflow).ending
  turn.emit({ type: 'grace_given', since: turn.now, until: turn.now + grace })
}
