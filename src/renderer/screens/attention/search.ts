import { z } from 'zod'
import { DecisionId, RunId } from '../../../model/ids.ts'

/** A decision as an address names it: `<run>.<decision>`. */
const DecisionName = z.templateLiteral([z.string(), '.', z.string()])

/** What is looked at: a decision, also one that was answered long ago, or another item by its key. */
export const AttentionSearch = z.object({
  decision: DecisionName.optional().catch(undefined),
  item: z.string().max(300).optional().catch(undefined),
})
export type AttentionSearch = z.infer<typeof AttentionSearch>

export interface DecisionPlace {
  readonly run: RunId
  readonly decision: DecisionId
}

/** The decision that an address names; undefined where it names none. */
export function placeOf({ decision }: AttentionSearch): DecisionPlace | undefined {
  const [run, id] = decision?.split('.') ?? []
  const place = z.object({ run: RunId, decision: DecisionId }).safeParse({ run, decision: id })
  return place.data
}
