import type { DecisionKind, DecisionRecord } from '../../model/decision.ts'
import { mayBeLeftOut } from '../planner/stand-in.ts'
import { freshInputs } from './fresh-inputs.ts'
import { fallback } from './fallback.ts'
import { whyNotThere } from './go-back.ts'
import { recommend } from './recommend.ts'
import { restart } from './restart.ts'
import { restartFromCheckpoint } from './restart-from-checkpoint.ts'
import { skip } from './skip.ts'
import type { Situation } from './strategy.ts'

/** What ends it for good: a question is about a run that somebody waits for, a dead letter about one that nobody does. */
const last = { recovery: ['fail', 'cancel'], dead_letter: ['discard'] } as const satisfies Partial<Record<DecisionKind, readonly string[]>>

/** What a person may have done about a failed pass, what is recommended first. */
export function offer(situation: Situation, kind: keyof typeof last): Pick<DecisionRecord, 'actions' | 'recommended' | 'checkpoint' | 'tries'> {
  const { state, record, keeps } = situation
  const standsIn = 'why' in fallback.plan(situation) ? ['fallback'] : []
  // A child is restored through its parent.
  const back = state.record.parent !== null ? [] : whyNotThere(keeps, 0) === undefined ? ['restore', 'restart'] : ['restore']
  const leftOut = mayBeLeftOut(state, record) ? ['skip'] : []
  const names = ['retry', ...standsIn, ...leftOut, ...back, ...last[kind]]
  const recommended = recommend(situation, new Set(names), { fallback, skip, restart, restart_from_checkpoint: restartFromCheckpoint })
  const role = (name: string) => (name === recommended.action ? ('primary' as const) : ('secondary' as const))
  return {
    actions: names.map((name) => ({ name, role: role(name) })).toSorted((one, other) => one.role.localeCompare(other.role)),
    recommended,
    checkpoint: back.length === 0 ? null : backTo(situation),
    tries: record.tries,
  }
}

/** Where what it goes by is made anew, else where it failed first; its present where that is not kept. */
function backTo({ state, record, keeps }: Situation): number {
  const wanted = freshInputs(state, record)?.checkpoint ?? state.errorOf(record, 'run')?.checkpoint
  return wanted === undefined || whyNotThere(keeps, wanted) !== undefined ? state.record.head : wanted
}
