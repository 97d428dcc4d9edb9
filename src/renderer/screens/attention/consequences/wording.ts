/** A consequence in words, for its panel and for the question before something leaves the house. */
import type { Consequence, Outside } from '../../../../model/consequence.ts'
import type { TitleOf } from '../../../widgets/preview/wording.ts'

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

/** The effects that will happen unless something fails: what a second press is asked for. */
export function certainOutside({ outside }: Consequence): readonly Outside[] {
  return outside.filter(({ certain }) => certain)
}
