/** What somebody who sends a run back wants, and how it is said. */
import { type Checkpoint, factKey } from '../../../../model/checkpoint.ts'
import type { RunId, StepId } from '../../../../model/ids.ts'
import { type OutsideAgain, type Preview, reachesOutside } from '../../../../model/preview.ts'
import type { RunRecord } from '../../../../model/run.ts'
import type { StepRecord } from '../../../../model/step.ts'
import { lookOfRun } from '../../../widgets/status/look.ts'

export interface Wish {
  readonly run: RunId
  readonly checkpoint: number
  /** Kept in the journal and with the branch. */
  readonly reason: string
}

export type TitleOf = (step: StepId) => string

/** Stands there to be confirmed or written over. */
export function usualReason({ checkpoint, runs }: Preview, titleOf: TitleOf): string {
  if (checkpoint === 0) return 'Restarted from the beginning'
  const first = runs.find(({ certain }) => certain)
  return first === undefined ? `Back to checkpoint ${checkpoint}` : `Run again from ${titleOf(first.step)}`
}

/** What the button says: with dots where it is asked for once more. */
export function verbOf(preview: Preview): string {
  return `Restore checkpoint ${preview.checkpoint}${reachesOutside(preview) ? '…' : ''}`
}

/** What the run has become, not that the wish was heard. */
export function outcomeOf({ branch, status, waiting, failure }: RunRecord): string {
  const word = lookOfRun({ status, waiting }).word.toLowerCase()
  return `It went on as branch ${branch}: ${word}${status === 'failed' && failure !== null ? `, ${failure.message}` : ''}.`
}

/** What reaches the world outside, and whom. */
export function touchInWords({ step, kind, phase, summary, certain }: OutsideAgain, titleOf: TitleOf): string {
  const to = summary === null ? '' : ` to ${summary}`
  const what = kind === 'email' ? `A mail${to}, by “${titleOf(step)}”` : `“${titleOf(step)}”${to}`
  return `${certain ? '' : 'Perhaps: '}${what}${phase === 'compensate' ? ', undone' : ''}`
}

/** `Draft`, or `Draft, iteration 2`. */
export function passInWords({ step, iteration }: Pick<StepRecord, 'step' | 'iteration'>, titleOf: TitleOf): string {
  return iteration === 1 ? titleOf(step) : `${titleOf(step)}, iteration ${iteration}`
}

/** The short form of an idempotency key: its run is the one that is looked at. */
export function shortKey(key: string): string {
  const [run = '', ...rest] = key.split('/')
  return [run.slice(-6), ...rest].join('/')
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
