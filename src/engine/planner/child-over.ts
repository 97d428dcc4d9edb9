import { isEnded } from '../../model/status.ts'
import type { RunState } from '../state/run-state.ts'
import type { ChildWish } from './child-wish.ts'
import { owedCompensations } from './compensation.ts'

/** Whether nothing is left to come of the child: it has ended, and where it is to be undone, there is nothing to undo. */
export function isOver(child: RunState, { end }: Pick<ChildWish, 'end'>): boolean {
  const { status } = child.record
  if (!isEnded(status)) return false
  return end !== 'undo' || status !== 'completed' || owedCompensations(child).length === 0
}
