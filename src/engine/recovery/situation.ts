import type { Failure } from '../../model/failure.ts'
import { rulesFor } from '../../model/policy/policy.ts'
import type { StepRecord } from '../../model/step.ts'
import type { Turn } from '../turn/turn.ts'
import type { Situation } from './strategy.ts'

/** What strategies go by about a failure of a pass, as the turn finds it. */
export function situationOf(turn: Turn, record: StepRecord, failure: Failure): Situation {
  const { state, policy, now, randomness } = turn
  const { recovery: rules, manual_intervention: intervention } = rulesFor(policy, state.record.workflow, record.step)
  const chance = { now, fraction: randomness.fraction() }
  const queue = { letters: turn.claims.letters(turn), most: policy.deadLetters.most }
  return { state, record, failure, rules, intervention, chance, queue, keeps: (checkpoint) => turn.keeps(checkpoint) }
}
