import { times } from '../../model/counted.ts'
import { rulesFor } from '../../model/policy/policy.ts'
import { engineActor } from '../../model/actor.ts'
import { notTakenBack, rollbackOf, rollbacksTo, savepointNamed } from '../planner/rollback.ts'
import { close } from '../turn/close.ts'
import { whyNotThere } from './go-back.ts'
import type { Strategy } from './strategy.ts'

/** What completed since a savepoint is compensated, and the run goes on from there: as often as is allowed, and where all of it can be taken back. */
export const rollback: Strategy = {
  plan({ state, record, rules, keeps }) {
    const aim = rollbackOf(state, record, rules)
    if (aim === undefined) return { not: 'nothing says to which savepoint' }
    const to = savepointNamed(state, aim.to)
    if (to === undefined) return { not: `the run has not passed the savepoint ${aim.to}` }
    const made = rollbacksTo(state, to.name)
    if (made >= aim.max) return { not: `it was rolled back to ${to.name} ${times(made)}, which is its bound` }
    const gone = whyNotThere(keeps, to.checkpoint)
    if (gone !== undefined) return { not: `${gone}, which is what the savepoint ${to.name} was` }
    const stands = new Set(notTakenBack(state, to).map(({ step }) => step))
    if (stands.size > 0) return { not: `nothing takes back what ${[...stands].join(' and ')} did since ${to.name}` }
    return { why: `what completed since ${to.name} is compensated, and the run goes on from there: ${made + 1} of ${aim.max}`, until: null, to: to.step }
  },
  carryOut(turn, record, failure) {
    const { step, iteration } = record
    const { recovery: rules } = rulesFor(turn.policy, turn.state.record.workflow, step)
    const aim = rollbackOf(turn.state, record, rules)
    const to = aim && savepointNamed(turn.state, aim.to)
    if (to === undefined) throw new Error(`${step} was to be rolled back to where the run has not been`)
    turn.emit({ type: 'step_failed', step, iteration, failure })
    close(turn, { outcome: 'rolled_back', failure, to, by: engineActor, why: `${step} failed: ${failure.message}` })
  },
}
