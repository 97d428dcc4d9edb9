/** What an action leads to, in words. */
import type { Outside } from '../../../model/ahead.ts'
import type { StepId } from '../../../model/ids.ts'
import { quoted } from '../text/unseen.ts'

export type TitleOf = (step: StepId) => string

/** What touches the outside world, as far as that is known before it is done. */
export interface Touch extends Omit<Outside, 'key'> {
  /** Undefined where the run has no id yet to make it of. */
  readonly key?: string
}

/** What reaches the world outside, and whom. */
export function touchInWords({ step, kind, phase, summary }: Touch, titleOf: TitleOf): string {
  const to = summary === null ? '' : ` to ${quoted(summary)}`
  if (kind === 'shell' && phase === 'run') return `${summary === null ? 'A program' : `The program ${quoted(summary)}`}, run by “${titleOf(step)}”`
  const thing = kind === 'email' ? 'A mail' : kind === 'http' ? 'A request' : null
  const what = thing === null ? `“${titleOf(step)}”${to}` : `${thing}${to}, by “${titleOf(step)}”`
  return phase === 'compensate' ? `${what}, undone` : what
}

/** The short form of an idempotency key: its run is the one that is looked at. */
export function shortKey(key: string): string {
  const [run = '', ...rest] = key.split('/')
  return [run.slice(-6), ...rest].join('/')
}

/** What is said of a touch beside whom it reaches. */
export function traitsOf({ certain, repeat }: Pick<Touch, 'certain' | 'repeat'>): readonly string[] {
  return [...(certain ? [] : ['perhaps']), ...(repeat === 'unsafe' ? ['never repeated by guess'] : [])]
}
