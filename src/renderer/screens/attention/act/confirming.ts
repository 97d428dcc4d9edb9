/** Which answers are asked for a second time, and which want a reason. */
import type { DecisionKind } from '../../../../model/decision.ts'
import type { Consequence } from '../../../../model/consequence.ts'
import { certainTouches } from '../consequences/wording.ts'

/** An answer that ends the run, sends it back, undoes something, or has an effect outside, is pressed twice. */
export function needsConfirming(kind: DecisionKind, consequence: Consequence | undefined): boolean {
  if (kind === 'in_doubt' || consequence === undefined) return true
  return consequence.outcome !== 'goes_on' || consequence.compensates.length > 0 || certainTouches(consequence).length > 0
}

/** Where a run ends anyway, what gets on with its compensation needs none. */
export function needsReason({ action, outcome, compensates }: Consequence): boolean {
  return !getsOn.has(action) && (outcome === 'ends' || compensates.length > 0)
}

const getsOn: ReadonlySet<string> = new Set(['retry', 'happened', 'did-not-happen'])

/** Stands there to be confirmed or written over. What sends the run back may be read by its steps: nothing is put in their ear. */
export function usualReason(kind: DecisionKind, consequence: Consequence): string {
  // Why what was done is left to stand, nobody can guess.
  if (kind === 'recovery' && consequence.action === 'skip') return ''
  if (needsReason(consequence)) return 'Not wanted any more'
  return kind === 'arm' && consequence.action === 'arm' ? 'It is meant to happen in this replay' : ''
}

/** An edit goes along where the run goes on from what was edited. */
export function carriesEdit(role: 'primary' | 'secondary', consequence: Consequence | undefined): boolean {
  return consequence === undefined || consequence.outcome === 'refused' ? role === 'primary' : consequence.outcome === 'goes_on'
}
