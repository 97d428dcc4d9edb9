import type { DecisionView } from '../../../../model/views.ts'
import { headlineOf } from '../shown/pieces.ts'
import { titled } from '../words.ts'

/** What is asked, and of what: the step's title with what tells the shown value from others. */
export function titleWith(title: string, { shown }: Pick<DecisionView, 'shown'>): string {
  const headline = headlineOf(shown)
  return headline === undefined ? title : `${title}: ${headline}`
}

/** The same in a line of a list, with which iteration asks and what went wrong. */
export function askedBy(view: Pick<DecisionView, 'shown' | 'decision'>): string {
  const { step, iteration, failure } = view.decision
  const later = iteration > 1 ? `, iteration ${iteration}` : ''
  return titleWith(`${titled(step)}${later}`, view) + (failure === null ? '' : `: ${failure.message}`)
}
