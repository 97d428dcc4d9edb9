import { conclude } from '../turn/conclude.ts'
import { startAttempt } from '../turn/start-attempt.ts'
import type { RunState } from '../state/run-state.ts'
import type { Turn } from '../turn/turn.ts'
import type { KindBehaviour } from './kind.ts'

/** A run of another workflow. Its attempt says what that is given; the run is created by the transition that takes this up. */
export const workflow: KindBehaviour<'workflow'> = {
  begin: (turn, _manifest, record) => startAttempt(turn, record, 'run'),
  wait: (turn, manifest, record, prepared) => {
    if (prepared.type !== 'begins') return false
    const { step, iteration, attempts: attempt } = record
    const timeout = record.allowance?.timeout ?? manifest.timeout
    const state = bornUnder(turn, prepared.child.state)
    const until = timeout === null ? null : turn.now + timeout
    turn.emit({ type: 'child_begun', step, iteration, attempt, child: state.record.id, until })
    const child = turn.child(state)
    prepared.child.first(child)
    conclude(child)
    return true
  },
}

/** A transition that does not commit is decided once more, from here. Nothing of a child starts while its parent is paused. */
function bornUnder({ state: { record } }: Turn, unborn: RunState): RunState {
  const state = unborn.copy()
  const { parent } = state.record
  if (record.paused && parent !== null) state.record = { ...state.record, paused: true, parent: { ...parent, held: true } }
  return state
}
