import type { DecisionView } from '../../../../model/views.ts'
import { headlineOf } from '../shown/pieces.ts'
import { titled } from '../words.ts'

/** What is asked, and of what: the step's title with what tells the shown value from others. */
export function titleWith(title: string, { shown }: Pick<DecisionView, 'shown'>): string {
  const headline = headlineOf(shown)
  return headline === undefined ? title : `${title}: ${headline}`
}

/** The same in a line of a list, with which iteration asks; where something went wrong, that tells it from others. */
export function askedBy(view: Pick<DecisionView, 'shown' | 'decision'>): string {
  const { step, iteration, failure } = view.decision
  const name = `${titled(step)}${iteration > 1 ? `, iteration ${iteration}` : ''}`
  return failure === null ? titleWith(name, view) : `${name}: ${failure.message}`
}
