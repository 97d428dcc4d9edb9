/** A consequence in words, for its panel and for the question before something leaves the house. */
import type { Consequence, Outside } from '../../../../model/consequence.ts'
import type { StepId } from '../../../../model/ids.ts'
import { quoted } from '../../../widgets/text/unseen.ts'

export type TitleOf = (step: StepId) => string

/** Where the run goes, in a sentence; null where it just goes on. */
export function wayInWords({ outcome, ends, to, iteration }: Consequence, titleOf: TitleOf): string | null {
  switch (outcome) {
    case 'goes_on':
      return null
    case 'loops_back':
      return to === null ? 'The run goes back.' : `The run goes back to “${titleOf(to)}”, for its iteration ${iteration ?? 1}.`
    case 'ends':
      return `The run ends as ${ends ?? 'cancelled'}.`
    case 'refused':
      return 'This cannot be done as things stand.'
  }
}

/** What reaches the world outside, and whom. */
export function outsideInWords({ step, kind, phase, summary }: Outside, titleOf: TitleOf): string {
  const to = summary === null ? '' : ` to ${quoted(summary)}`
  const what = kind === 'email' ? `A mail${to}, by “${titleOf(step)}”` : `“${titleOf(step)}”${to}`
  return phase === 'compensate' ? `${what}, undone` : what
}

/** The effects that will happen unless something fails: what a second press is asked for. */
export function certainOutside({ outside }: Consequence): readonly Outside[] {
  return outside.filter(({ certain }) => certain)
}

/** The short form of an idempotency key: its run is the one that is looked at. */
export function shortKey(key: string): string {
  const [run = '', ...rest] = key.split('/')
  return [run.slice(-6), ...rest].join('/')
}
