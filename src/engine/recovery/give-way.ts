import { engineActor } from '../../model/actor.ts'
import { beforeHolding, whyItStays, workSince } from '../planner/giving-way.ts'
import { close } from '../turn/close.ts'
import { whyNotThere } from './go-back.ts'
import type { Strategy } from './strategy.ts'

/**
 * The run lets go of what others wait for: what it did since it holds anything is compensated, and it goes back to before that and
 * waits again. `engine/allocation` chooses which run of a deadlock that is.
 */
export const giveWay: Strategy = {
  only: 'deadlock',
  plan({ state, keeps, failure: { deadlock, child } }) {
    if (deadlock === undefined || child !== undefined) return { not: 'nobody waits for what it holds' }
    // Its first link is of this run, so that the last one waits for it.
    if (deadlock.at(-1)?.wants === null) return { not: 'what the others wait for is not what it holds' }
    const stays = whyItStays(state)
    if (stays !== null) return { not: stays }
    const to = beforeHolding(state)
    const gone = to && whyNotThere(keeps, to.checkpoint)
    if (gone !== undefined) return { not: `${gone}, which is from before it held anything` }
    return { why: `of those that wait for one another it loses the least by letting go: it goes back to before ${to?.step} and waits again`, until: null, to: to?.step ?? null }
  },
  carryOut(turn, { step }, failure) {
    const to = beforeHolding(turn.state)
    if (to === undefined) throw new Error(`${step} was to give way, and its run holds nothing`)
    const lost = workSince(turn.state, to, turn.now)
    close(turn, { outcome: 'rolled_back', failure, to, by: engineActor, why: 'it gives way to others that wait for what it holds', lost })
  },
}
