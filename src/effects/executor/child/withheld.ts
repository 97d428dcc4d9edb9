import { scrubber } from '../../../model/sensitive/scrub.ts'
import { discreetFailure } from '../discretion.ts'
import { failuresOf } from './failure.ts'
import { Invalid } from './invalid.ts'

/** What was thrown, told without these texts. */
export function withheld(thrown: unknown, texts: readonly string[]): unknown {
  const scrub = scrubber(texts)
  if (scrub === null) return thrown
  const [first, ...more] = failuresOf(thrown)
  return new Invalid([discreetFailure(first, scrub), ...more.map((failure) => discreetFailure(failure, scrub))])
}
