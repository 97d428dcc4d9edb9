/** Going back so far that what a step goes by is made anew. */
import type { DecisionRecord } from '../../model/decision.ts'
import type { StepRecord } from '../../model/step.ts'
import { isInsideUnsafeEffect } from '../turn/end-attempt.ts'
import type { RunState } from '../state/run-state.ts'

export interface FreshInputs {
  /** The newest checkpoint at which nothing had completed that the step needs. */
  readonly checkpoint: number
  /** What had not completed by then and has since: it runs again. */
  readonly again: readonly StepRecord[]
}

/** Undefined where the step needs nothing that a step has made. */
export function freshInputs(state: RunState, { step }: Pick<StepRecord, 'step'>): FreshInputs | undefined {
  const made = state.manifest(step).needs.flatMap((need) => {
    const { status, completedAfter } = state.step(need)
    return status === 'completed' && completedAfter !== null ? [completedAfter] : []
  })
  if (made.length === 0) return undefined
  const checkpoint = Math.min(...made)
  const again = [...state.history()].filter(({ status, completedAfter }) => status === 'completed' && (completedAfter ?? -1) >= checkpoint)
  return { checkpoint, again }
}

/**
 * Why the run is not sent back by itself, though it could: an effect would be had twice that its receiver does not know again, or
 * what a person said would be asked again. Undefined where nothing of the kind stands in the way. `asked` are questions that keep it.
 */
export function notAgainByItself(
  state: RunState,
  record: Pick<StepRecord, 'step'> | null,
  again: readonly StepRecord[],
  [asked]: readonly DecisionRecord[] = [...state.decisions()],
): string | undefined {
  const own = record === null ? null : state.manifest(record.step).effect
  if (record !== null && own?.repeat === 'unsafe') return `${record.step} may have touched the outside world, and its receiver would not know it again`
  const inside = state.attempts().find((attempt) => isInsideUnsafeEffect(state, attempt))
  if (inside !== undefined) return `${inside.step} is inside an effect that must not be had twice`
  const child = state.underWay().find(({ step }) => state.manifest(step).kind === 'workflow')
  if (child !== undefined) return `${child.step} waits for a run that it has begun`
  const doubt = state.underWay().find(({ status }) => status === 'in_doubt')
  if (doubt !== undefined) return `it is not known whether the effect of ${doubt.step} happened`
  if (asked !== undefined) return `a person is being asked about ${asked.step}`
  for (const { step, status, generation, via, compensation } of again) {
    const { kind, effect } = state.manifest(step)
    if (via === null && compensation !== 'done' && effect !== null) {
      if (effect.repeat === 'unsafe') return `${step} ${status === 'completed' ? 'has' : 'may have'} touched the outside world, and would again`
      // It would run under the key of what the run is now, which its receiver has not seen.
      if (generation !== state.record.generation) return `${step} has touched the outside world under a key of before a person sent the run back`
    }
    if (kind === 'workflow' && compensation !== 'done') return `${step} has begun a run, and would begin another`
    // What it owes would be owed by nobody, should the run not come to it again.
    if (compensation === 'owed') return `what ${step} did would have to be undone first`
    if (kind === 'approval') return `a person has decided ${step}, and would be asked again`
  }
  return undefined
}
