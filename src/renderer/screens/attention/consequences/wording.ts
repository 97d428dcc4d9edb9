/** A consequence in words, for its panel and for the question before something leaves the house. */
import type { Consequence } from '../../../../model/consequence.ts'
import { ownTitle, touchesOf } from '../../../widgets/preview/child-words.ts'
import { type TitleOf, touchInWords } from '../../../widgets/preview/wording.ts'

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

/** The effects that will happen unless something fails, in child runs too: what a second press is asked for. */
export function certainOutside({ outside, children }: Consequence, titleOf: TitleOf): readonly string[] {
  const own = outside.flatMap((each) => (each.certain ? [`${touchInWords(each, titleOf)}${each.before === null ? '' : ': it already happened once, on a branch that the run has left'}`] : []))
  const below = children.flatMap((child) => {
    const of = `, in ${child.workflow}, a child run of “${child.path.slice(0, 1).map(titleOf).join('')}”`
    return touchesOf(child).flatMap((each) => (each.certain ? [`${touchInWords(each, ownTitle)}${of}`] : []))
  })
  return [...own, ...below]
}
