import type { FailureClass } from '../../model/failure.ts'
import { effectsOut } from '../planner/effects-out.ts'
import type { RunState } from '../state/run-state.ts'
import { notAgainByItself } from './fresh-inputs.ts'
import { goBackByItself, planBack } from './go-back.ts'
import type { Strategy } from './strategy.ts'

/** The run begins anew with its input, as if nothing of it had been: where nothing has left the house. */
export const restart: Strategy = {
  plan(situation) {
    const { state, record, failure } = situation
    const done = [...state.history()].filter(({ status }) => status === 'completed')
    if (done.length === 0) return { not: 'nothing of it has completed: it would only be tried again' }
    const not = whyNot(state, failure.class) ?? notAgainByItself(state, record, done)
    return not === undefined ? planBack(situation, 0, 'nothing of the run has been done outside: it begins anew') : { not }
  },
  carryOut: goBackByItself,
  ofRun({ state, failure }) {
    const not = whyNot(state, failure.class)
    return not === undefined ? { checkpoint: 0, why: 'nothing of the run is left outside: it begins anew' } : { not }
  },
}

function whyNot(state: RunState, failed: FailureClass): string | undefined {
  if (failed === 'deadlock' || failed === 'stuck') return 'its definition leads there again'
  const [out] = effectsOut(state)
  return out === undefined ? undefined : `${out.step} has been done outside, and nothing has taken it back`
}
