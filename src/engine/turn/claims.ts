import type { Dependency } from '../../model/breaker.ts'
import type { Instant } from '../../model/ids.ts'
import type { Pass, RunState } from '../state/run-state.ts'

/** A turn that asks, with what it has decided so far. */
export interface Asking {
  readonly state: RunState
  readonly now: Instant
}

/** What a turn may take of what there is only so much of. What it took is held once the turn has committed. */
export interface Claims {
  /** Whether an attempt at the pass may start now: there is enough of all that it uses, and nobody comes before. */
  take(turn: Asking, pass: Pass): boolean
  /** Whether the run may go on as one of so many that do at once. */
  admits(turn: Asking): boolean
  /** The run is about to be queued. @throws Busy where as many are as may be */
  assertRoom(turn: Asking): void
  /** How many dead letters there are, with those of the turn's own run as it is by now. */
  letters(turn: Asking): number
  /** What the pass waits for since that is throttled, and as many reach it as may; null where it waits for something else. */
  throttle(turn: Asking, pass: Pass): Dependency | null
  /** Of a child that the turn creates: what there is only so much of it waits for, until it is there. */
  readonly ofChild: Claims
}

/** Where nobody says how much there is, there is enough. */
export const boundless: Claims = {
  take: () => true,
  admits: () => true,
  assertRoom: () => undefined,
  letters: ({ state }) => lettersOf(state),
  throttle: () => null,
  get ofChild() {
    return boundless
  },
}

/** How many passes of a run stand in the dead-letter queue. */
export function lettersOf(state: RunState): number {
  return state.decisions().reduce((sum, { kind }) => sum + Number(kind === 'dead_letter'), 0)
}
