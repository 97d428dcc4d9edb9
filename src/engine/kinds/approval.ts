import type { DecisionRecord } from '../../model/decision.ts'
import type { EditPath } from '../../model/manifest.ts'
import { openDecision } from '../turn/open-decision.ts'
import { startAttempt } from '../turn/start-attempt.ts'
import type { Turn } from '../turn/turn.ts'
import type { KindBehaviour } from './kind.ts'

/** A planned question to a person. Its attempt prepares what the person is shown. */
export const approval: KindBehaviour<'approval'> = {
  begin: (turn, _manifest, record) => startAttempt(turn, record, 'run'),
  wait: (turn, manifest, record, prepared) => {
    if (prepared.type !== 'asked') return false
    const deadline = manifest.deadline === null ? null : turn.now + manifest.deadline
    const { step, iteration } = record
    turn.emit({ type: 'step_waiting', step, iteration, for: 'decision', until: deadline, failure: null })
    openDecision(turn, record, {
      kind: 'approval',
      actions: manifest.actions,
      shown: prepared.shown,
      edits: manifest.edits === null ? null : editable(turn, manifest.edits),
      failure: null,
      deadline,
    })
    return true
  },
}

/** Nothing can be edited where the target was skipped. */
function editable(turn: Turn, target: EditPath): DecisionRecord['edits'] {
  const of = turn.state.step(target.step).output
  return of === null ? null : { target, of }
}
