import type { DecisionView } from '../../../../model/views.ts'
import { headlineOf } from '../shown/pieces.ts'

/** What is asked, and of what: the step's title with what tells the shown value from others. */
export function titleWith(title: string, { shown }: Pick<DecisionView, 'shown'>): string {
  const headline = headlineOf(shown)
  return headline === undefined ? title : `${title}: ${headline}`
}
