import type { Consequence } from '../../../../model/consequence.ts'
import type { Misfit } from './check.ts'

/** What the workflow itself would refuse of the edit; said once, whichever answer it is given with. */
export function refusalsOf(actions: readonly Consequence[] | undefined): readonly Misfit[] {
  const failures = (actions ?? []).flatMap(({ refused }) => refused)
  const misfits = failures.map(({ path, message }) => ({ at: path ?? '', message }))
  return misfits.filter(({ at, message }, index) => misfits.findIndex((each) => each.at === at && each.message === message) === index)
}
