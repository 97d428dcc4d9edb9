/** What it would cost a run to give way to others that wait for it, and whether it may by itself. */
import type { Instant, Millis } from '../../model/ids.ts'
import type { Savepoint } from '../../model/savepoint.ts'
import { SavepointName } from '../../model/savepoint-name.ts'
import type { RunState } from '../state/run-state.ts'
import { heldBy } from './holds.ts'
import { isSince, notTakenBack } from './rollback.ts'

/** The moment before the first step for which the run holds anything; undefined where it holds nothing. */
export function beforeHolding(state: RunState): Savepoint | undefined {
  const [first] = heldBy(state)
  if (first === undefined) return undefined
  const { step, iteration, checkpoint, order, name } = first
  return { name: SavepointName.parse(`before-${name}`.slice(0, 64)), step, iteration, checkpoint, order }
}

/** The work since then that would be done once more, in milliseconds: of what has completed, and of what is under way. */
export function workSince(state: RunState, since: Savepoint, now: Instant): Millis {
  let work = 0
  for (const pass of state.history()) {
    const { startedAt, endedAt, child, status } = pass
    if (startedAt === null) continue
    if (pass.status === 'completed' && isSince(since, pass)) work += Math.max(1, (endedAt ?? now) - startedAt)
    else if (status === 'waiting' && child !== null) work += Math.max(1, now - startedAt)
  }
  for (const { startedAt } of state.attempts()) work += Math.max(1, now - startedAt)
  return work
}

/** Why the run cannot give way by itself; null where it can. */
export function whyItStays(state: RunState): string | null {
  const { closing } = state.record
  const since = beforeHolding(state)
  if (since === undefined) return 'it holds nothing over several steps'
  if (closing !== null) return 'it is ending already'
  const stands = new Set(notTakenBack(state, since).map(({ step }) => step))
  if (stands.size === 0) return null
  return `nothing takes back what ${[...stands].join(' and ')} did since it holds ${heldBy(state)[0]?.name ?? 'anything'}`
}
