import type { StepRecord } from '../../model/step.ts'
import type { Pass, RunState } from '../state/run-state.ts'

/** The step that waits for this pass to stand in for it. A pass that a loop has gone over stands in for nothing. */
export function waitingPrimary(state: RunState, pass: Pass): StepRecord | undefined {
  const id = state.graph.primaryOf.get(pass.step)
  if (id === undefined || !state.isPresent(pass)) return undefined
  const primary = state.step(id)
  return primary.waiting?.for === 'fallback' ? primary : undefined
}

/**
 * True where a person may leave the pass out, and with it all that it stands in for: what needs an optional step does without it,
 * what needs another counts on its output.
 */
export function mayBeLeftOut(state: RunState, pass: Pass): boolean {
  const primary = waitingPrimary(state, pass)
  return primary === undefined ? state.manifest(pass.step).optional : mayBeLeftOut(state, primary)
}
