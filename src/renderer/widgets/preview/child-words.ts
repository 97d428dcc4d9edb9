/** What becomes of a child run, in words. */
import type { ChildAhead } from '../../../model/child-ahead.ts'
import type { StepId } from '../../../model/ids.ts'
import type { Touch } from './wording.ts'

/** Steps of a child are called as its own definition names them: what the run above calls its own says nothing of them. */
export const ownTitle = (step: StepId): string => step

export function becomesInWords({ becomes, certain }: Pick<ChildAhead, 'becomes' | 'certain'>): string {
  switch (becomes) {
    case 'begins':
      return certain ? 'begins' : 'may begin'
    case 'goes_on':
      return 'goes on'
    case 'ends':
      return 'is brought to its end'
    case 'undone':
      return 'is undone'
    case 'gone':
      return 'cannot be undone'
  }
}

/** What it touches, as other touches are shown: one of a run that has yet to begin has no key yet. */
export function touchesOf({ outside }: Pick<ChildAhead, 'outside'>): readonly Touch[] {
  return outside.map(({ key, ...touch }) => (key === null ? touch : { ...touch, key }))
}

/** What runs in it, and what may; null where nothing does. */
export function stepsInWords({ runs }: Pick<ChildAhead, 'runs'>): string | null {
  const names = (isCertain: boolean): string => runs.flatMap(({ step, certain }) => (certain === isCertain ? [step] : [])).join(', ')
  const parts = [
    ['runs', names(true)],
    ['may run', names(false)],
  ] as const
  const said = parts.flatMap(([verb, steps]) => (steps === '' ? [] : [`${verb} ${steps}`]))
  return said.length === 0 ? null : said.join('; ')
}
