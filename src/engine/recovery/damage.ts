/**
 * What is done about a run of which something is damaged, once it is set aside: where policy has `restore_valid` before whatever waits
 * for a person, it goes back by itself.
 *
 * Invariants:
 * 1. It goes back only along the branch that it is on, to a checkpoint that is read whole in the turn that goes back: what was left for
 *    another branch stays left.
 * 2. The generation stays (law 2), nothing outside happens twice that its receiver would not know again, and nobody is asked again what
 *    they have said. A question that nobody has answered yet is asked anew.
 * 3. It goes back so often at most until a person acts on it. From then on, and wherever it cannot, a person is asked.
 */
import type { Failure } from '../../model/failure.ts'
import { rulesFor } from '../../model/policy/policy.ts'
import type { StrategyName } from '../../model/recovery-strategy.ts'
import type { StepRecord } from '../../model/step.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { factAt } from '../planner/restoration.ts'
import type { Moment } from '../ports.ts'
import type { RunState } from '../state/run-state.ts'
import { restore } from '../turn/restore.ts'
import { tellRecovery } from '../turn/tell-error.ts'
import type { Turn } from '../turn/turn.ts'
import { chainOf } from './chain.ts'
import { overLimit } from './choose.ts'
import { notAgainByItself } from './fresh-inputs.ts'
import { planBack } from './go-back.ts'
import { newestWhole } from './newest-whole.ts'
import { strategies } from './registry.ts'
import type { NotThis, Plan } from './strategy.ts'

/** Tells what is done about the damage that the run has just been set aside for. */
export function tellRemedy(turn: Turn, failure: Failure): void {
  const { state, policy } = turn
  const { recovery: rules } = rulesFor(policy, state.record.workflow)
  if (!isFirst(chainOf(rules, failure))) return askAbout(turn)
  const plan = overLimit(strategies.restore_valid, { state, rules }) ?? planToWhole(turn)
  if ('not' in plan) return askAbout(turn, plan)
  tellRecovery(turn, null, 'run', { strategy: 'restore_valid', why: plan.why, counts: true })
}

/** Whether that is still to be done. */
export function isToGoBack(state: RunState): boolean {
  if (state.record.status !== 'quarantined') return false
  const { strategy, outcome } = state.errorOf(null, 'run')?.recoveries.at(-1) ?? {}
  return strategy === 'restore_valid' && outcome === 'under_way'
}

/** Does it, if it can be done as the run is now. `met` is damage that a try of this has come upon. Answers where the run is then. */
export function goBackToWhole(turn: Turn, met: CorruptionFound | null): Moment | undefined {
  if (!isToGoBack(turn.state)) return undefined
  const plan = met === null ? planToWhole(turn) : { not: `on the way back more was found to be damaged: ${met.message}` }
  const moment = 'not' in plan || plan.checkpoint === undefined ? undefined : turn.moment(plan.checkpoint)
  if ('not' in plan || moment === undefined) {
    askAbout(turn, 'not' in plan ? plan : undefined)
    return undefined
  }
  restore(turn, { moment, pinned: moment.pinned, migrating: null }, `recovered by itself: ${plan.why}`, { byItself: true })
  return moment
}

/** The run waits for a person; `not` is why it does not go back by itself. */
export function askAbout(turn: Turn, { not }: Partial<NotThis> = {}): void {
  const passedOver = not === undefined ? [] : [{ strategy: 'restore_valid' as const, why: not }]
  tellRecovery(turn, null, 'run', { strategy: 'ask', why: 'nothing of it starts until a person has looked', passedOver })
}

/** What stands behind a question, or behind the end, is not done before a person has acted. */
function isFirst(chain: readonly StrategyName[]): boolean {
  return chain.find((strategy) => strategy === 'restore_valid' || strategies[strategy].isLast === true) === 'restore_valid'
}

function planToWhole(turn: Turn): Plan | NotThis {
  if (turn.state.record.closing !== null) return { not: 'what it did is being undone' }
  try {
    return planTo(turn, newestWhole((checkpoint) => turn.moment(checkpoint), turn.state.record.head))
  } catch (error) {
    if (!(error instanceof CorruptionFound)) throw error
    return { not: `what going back needs is damaged too: ${error.message}` }
  }
}

function planTo(turn: Turn, whole: number | null): Plan | NotThis {
  const { state, policy } = turn
  const { branch, workflow } = state.record
  const moment = whole === null ? undefined : turn.moment(whole)
  if (whole === null || moment === undefined) return { not: 'no checkpoint of it is whole' }
  if (moment.checkpoint.branch !== branch) return { not: `checkpoint ${whole}, the newest that is whole, is of a branch that it has left` }
  const asked = [...state.decisions()].filter(({ kind }) => kind !== 'approval')
  const not = notAgainByItself(state, null, doneSince(state, moment), asked)
  if (not !== undefined) return { not }
  const { recovery: rules } = rulesFor(policy, workflow)
  return planBack({ state, rules, keeps: () => true }, whole, `checkpoint ${whole} is the newest that is whole`)
}

/** Passes that have come to something since, or may have outside: each begins anew there. */
function doneSince(state: RunState, { state: then }: Moment): StepRecord[] {
  return [...state.history()].filter(({ step, iteration, status, attempts }) => {
    const fact = factAt(then, step)
    const wasThere = iteration < fact.iteration || (iteration === fact.iteration && fact.status !== 'pending' && fact.status !== 'failed')
    return !wasThere && (status === 'completed' || ((status === 'failed' || status === 'skipped') && attempts > 0))
  })
}
