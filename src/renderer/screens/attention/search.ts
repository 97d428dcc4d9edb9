import { z } from 'zod'
import { DecisionId, RunId } from '../../../model/ids.ts'

/** What is looked at: a decision, also one that was answered long ago, or another item by its key. */
export const AttentionSearch = z.object({
  /** `<run>.<decision>` */
  decision: z.string().max(100).optional().catch(undefined),
  item: z.string().max(300).optional().catch(undefined),
})
export type AttentionSearch = z.infer<typeof AttentionSearch>

export interface DecisionPlace {
  readonly run: RunId
  readonly decision: DecisionId
}

/** The decision that a name names; undefined where it names none. */
export function placeOf(decision: string): DecisionPlace | undefined {
  const [run, id] = decision.split('.')
  const place = z.object({ run: RunId, decision: DecisionId }).safeParse({ run, decision: id })
  return place.data
}
