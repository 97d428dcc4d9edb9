import type { Actor } from '../../model/actor.ts'
import type { RunChange, Transition } from '../ports.ts'
import { seal } from '../state/apply.ts'
import type { Turn } from '../turn/turn.ts'

/** A turn as the store takes it, and what it did as others hear of it once it is committed. `isNew` of one that creates its run. */
export function transitionOf(
  { state, now, events, values, checkpoints, branch, named }: Turn,
  actor: Actor,
  isNew: boolean,
): { readonly transition: Transition; readonly told: Omit<RunChange, 'summary'> } {
  const { id: run, correlation, version: before } = state.record
  const version = before + 1
  seal(state, { at: now, version, actor, events })
  const { kept, ...changes } = state.takeChanges()
  const rows = { record: state.record, ...changes }
  const transition: Transition = {
    run,
    expected: isNew ? null : before,
    entry: { at: now, actor, correlation, run, version, events },
    ...rows,
    values,
    checkpoints,
    lineage: isNew && state.record.origin === null ? state.lineage : null,
    branch,
    named,
  }
  return { transition, told: { ...rows, steps: [...kept, ...rows.steps] } }
}
