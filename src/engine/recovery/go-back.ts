/**
 * The run goes back by itself.
 *
 * Invariants:
 * 1. The generation stays, and with it every idempotency key (law 2).
 * 2. Nothing outside happens twice that its receiver would not know again, and nobody is asked again what they have said.
 * 3. It goes back so often at most until a person acts on it: then there is something else to be tried.
 */
import { times } from '../../model/counted.ts'
import type { Failure } from '../../model/failure.ts'
import type { StepRecord } from '../../model/step.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { restore } from '../turn/restore.ts'
import type { Turn } from '../turn/turn.ts'
import type { NotThis, Plan, Situation } from './strategy.ts'

/** A plan to go back, or why it cannot be gone back there. */
export function planBack({ state, rules, keeps }: Pick<Situation, 'state' | 'rules' | 'keeps'>, checkpoint: number, why: string): Plan | NotThis {
  const { sentBack, parent } = state.record
  if (parent !== null) return { not: 'it is a child, which goes back with its parent alone' }
  if (sentBack >= rules.most_restarts) return { not: `the run has gone back by itself ${times(sentBack)}, which is its bound` }
  const gone = whyNotThere(keeps, checkpoint)
  return gone === undefined ? { why, until: null, to: null, checkpoint } : { not: gone }
}

/** Why a checkpoint cannot be gone back to; undefined where it can. */
export function whyNotThere(keeps: Situation['keeps'], checkpoint: number): string | undefined {
  try {
    return keeps(checkpoint) ? undefined : `checkpoint ${checkpoint} is not kept any more`
  } catch (error) {
    if (error instanceof CorruptionFound) return `checkpoint ${checkpoint} is damaged`
    throw error
  }
}

/**
 * Carries such a plan out; the error of the pass goes along. Where something else has settled in this turn, the branch has to hold that
 * first: the step is tried once more at once, and where that fails too, the run goes back in a turn of its own.
 */
export function goBackByItself(turn: Turn, record: StepRecord, failure: Failure, { checkpoint, why }: Plan): void {
  const { step, iteration } = record
  if (!turn.leavesBranch()) return turn.emit({ type: 'step_waiting', step, iteration, for: 'backoff', until: turn.now, failure })
  const moment = checkpoint === undefined ? undefined : turn.moment(checkpoint)
  if (moment === undefined) throw new Error(`run ${turn.state.record.id} cannot go back: there is no checkpoint ${checkpoint ?? ''}`)
  const error = turn.state.errorOf(record, 'run')
  restore(turn, { moment, pinned: moment.pinned, migrating: null }, why, { error: error?.id ?? null, byItself: true })
}
