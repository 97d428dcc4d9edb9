import type { DecisionRecord } from '../../model/decision.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import type { RunRow } from '../format/rows.ts'

/** The decisions of a run that are found as pending by these ids. @throws CorruptionFound where one of them is none of its */
export function foundAsPending({ record }: RunRow, decisions: readonly DecisionRecord[], ids: readonly string[]): DecisionRecord[] {
  const byId = new Map<string, DecisionRecord>(decisions.map((each) => [each.id, each]))
  return ids.map((id) => {
    const decision = byId.get(id)
    if (decision === undefined) throw new CorruptionFound('decision', `${record.id}/${id}`, 'it is found as pending and is not there')
    return decision
  })
}
