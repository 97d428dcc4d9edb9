/** What somebody who sends a run back wants, and how it is said. */
import { type Checkpoint, factKey } from '../../../../model/checkpoint.ts'
import type { ChildAhead } from '../../../../model/child-ahead.ts'
import type { RunId } from '../../../../model/ids.ts'
import { type DefinitionChoice, type Preview, reachesOutside } from '../../../../model/preview.ts'
import type { RunRecord } from '../../../../model/run.ts'
import type { StepRecord } from '../../../../model/step.ts'
import type { TitleOf } from '../../../widgets/preview/wording.ts'
import { lookOfRun } from '../../../widgets/status/look.ts'

export interface Wish {
  readonly run: RunId
  readonly checkpoint: number
  readonly definition: DefinitionChoice
  /** Kept in the journal and with the branch. */
  readonly reason: string
}

/** What the button says: with dots where it is asked for once more. */
export function verbOf(preview: Preview): string {
  return `Restore checkpoint ${preview.checkpoint}${reachesOutside(preview) ? '…' : ''}`
}

/** Whether nobody has sent the run back in between, or answered what it asked: both would not be known to who was told. */
export function isAsTold(told: Preview, now: Preview): boolean {
  const asked = ({ withdraws }: Preview) => withdraws.decisions.map(({ id }) => id).join()
  return told.branch === now.branch && asked(told) === asked(now)
}

/** Whether all that it does outside now, and all that is left in doubt, was told: a run that goes on may have come to more. */
export function reachesNoFurther(told: Preview, now: Preview): boolean {
  const reached = ({ outside, inDoubt, children }: Preview) =>
    new Set([
      ...outside.map(({ phase, key }) => `${phase} ${key}`),
      ...inDoubt.map(({ step, iteration }) => `in doubt ${step}#${iteration}`),
      ...children.flatMap(reachedBy),
    ])
  return reached(now).isSubsetOf(reached(told))
}

/** What a child touches, or leaves in doubt, by the way that leads to it. */
function reachedBy({ path, run, outside, inDoubt, unknown }: ChildAhead): string[] {
  const at = `${path.join('/')} ${run ?? ''}`
  return [
    ...outside.map(({ step, phase, key }) => `${at} ${phase} ${key ?? step}`),
    ...inDoubt.map(({ step, iteration }) => `${at} in doubt ${step}#${iteration}`),
    ...(unknown === null ? [] : [`${at} unknown`]),
  ]
}

/** What the run has become, not that the wish was heard. */
export function outcomeOf({ branch, status, waiting, failure }: RunRecord): string {
  const word = lookOfRun({ status, waiting }).word.toLowerCase()
  return `It went on as branch ${branch}: ${word}${status === 'failed' && failure !== null ? `, ${failure.message}` : ''}.`
}

/** `Draft`, or `Draft, iteration 2`. */
export function passInWords({ step, iteration }: Pick<StepRecord, 'step' | 'iteration'>, titleOf: TitleOf): string {
  return iteration === 1 ? titleOf(step) : `${titleOf(step)}, iteration ${iteration}`
}

/** The newest moment of a line at which a pass had not begun; undefined where there is none. */
export function momentBefore(
  line: readonly Checkpoint[],
  { step, iteration, startedAt }: Pick<StepRecord, 'step' | 'iteration' | 'startedAt'>,
): number | undefined {
  let found: number | undefined
  let isAhead = true
  for (const { number, at, changes } of line) {
    for (const change of changes) {
      if (change.key !== factKey(step) || !('fact' in change)) continue
      const { fact } = change
      isAhead = fact.iteration < iteration || (fact.iteration === iteration && fact.status === 'pending')
    }
    if (isAhead && at <= (startedAt ?? Infinity)) found = number
  }
  return found
}
