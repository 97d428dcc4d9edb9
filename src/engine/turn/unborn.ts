import type { RunState } from '../state/run-state.ts'
import type { Turn } from './turn.ts'

/** A run that its first turn is about to create. */
export interface Unborn {
  readonly state: RunState
  readonly first: (turn: Turn) => void
}
