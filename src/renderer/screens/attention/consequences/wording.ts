/** A consequence in words, for its panel and for the question before something leaves the house. */
import type { ChildAhead } from '../../../../model/child-ahead.ts'
import type { Consequence } from '../../../../model/consequence.ts'
import { touchesOf } from '../../../widgets/preview/child-words.ts'
import type { TitleOf, Touch } from '../../../widgets/preview/wording.ts'

/** Where the run goes, in a sentence; null where it just goes on. */
export function wayInWords({ outcome, ends, to, iteration, checkpoint }: Consequence, titleOf: TitleOf): string | null {
  switch (outcome) {
    case 'goes_on':
      return null
    case 'loops_back':
      return to === null ? 'The run goes back.' : `The run goes back to “${titleOf(to)}”, for its iteration ${iteration ?? 1}.`
    case 'rolls_back':
      return to === null ? 'The run is rolled back.' : `The run is rolled back to before “${titleOf(to)}”.`
    case 'goes_back':
      return checkpoint === 0 ? 'The run begins anew, on a branch of its own.' : `The run goes back to checkpoint ${checkpoint ?? 0}, onto a branch of its own.`
    case 'ends':
      return `The run ends as ${ends ?? 'cancelled'}.`
    case 'refused':
      return 'This cannot be done as things stand.'
  }
}

/** Effects of the run, or of a child run of it. */
export interface Touches {
  readonly by: ChildAhead | null
  readonly touches: readonly Touch[]
}

/** The effects that will happen unless something fails, in child runs too: what a second press is asked for. */
export function certainTouches({ outside, children }: Pick<Consequence, 'outside' | 'children'>): readonly Touches[] {
  const all: readonly Touches[] = [{ by: null, touches: outside }, ...children.map((child) => ({ by: child, touches: touchesOf(child) }))]
  return all.map(({ by, touches }) => ({ by, touches: touches.filter(({ certain }) => certain) })).filter(({ touches }) => touches.length > 0)
}
