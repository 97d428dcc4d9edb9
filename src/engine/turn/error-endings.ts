import type { RunEvent, RunEventMap } from '../../model/event.ts'
import type { StrategyName } from '../../model/recovery-strategy.ts'
import { isEnded } from '../../model/status.ts'
import type { Phase } from '../../model/step.ts'
import type { Pass, RunState } from '../state/run-state.ts'

type Closed = RunEventMap['error_closed']
type How = Closed['status']

const none: readonly Closed[] = []

/**
 * How an event that has just been applied ends what was wrong: the one place that says so, whatever a pass has come to and by
 * whom. Free where nothing is wrong.
 */
export function errorEndings(state: RunState, event: RunEvent): readonly Closed[] {
  if (!state.hasErrors) return none
  switch (event.type) {
    case 'step_completed':
    case 'step_skipped':
      return ending(state, event, 'run', 'recovered')
    case 'step_failed':
      return isUnderWay(state, event, 'rollback') ? [] : ending(state, event, 'run', 'failed')
    case 'step_cancelled':
      return isUnderWay(state, event, 'give_way') ? [] : ending(state, event, 'run', 'withdrawn')
    case 'step_superseded':
      return ending(state, event, 'run', 'withdrawn')
    case 'compensation_settled':
      return ending(state, event, 'compensate', event.as === 'done' ? 'recovered' : 'failed')
    case 'run_released':
      return state.record.closing === null ? ending(state, null, 'run', 'recovered') : []
    case 'run_moved':
      return isEnded(event.to) ? [...withTheRun(state, event.to === 'failed')] : []
    default:
      return []
  }
}

/** What has the run go back, once its pass has failed or was cancelled for it, is under way until it has, or the pass fails once more. */
function isUnderWay(state: RunState, pass: Pass, strategy: StrategyName): boolean {
  const newest = state.errorOf(pass, 'run')?.recoveries.at(-1)
  return newest?.strategy === strategy && newest.outcome === 'under_way'
}

function ending(state: RunState, pass: Pass | null, phase: Phase, status: How): readonly Closed[] {
  const error = state.errorOf(pass, phase)
  return error === undefined ? [] : [{ type: 'error_closed', id: error.id, status }]
}

/** What the run failed of ends with it; anything else matters no more. */
function* withTheRun(state: RunState, isFailed: boolean): Generator<Closed> {
  for (const { id, step } of state.errors()) yield { type: 'error_closed', id, status: isFailed && step === null ? 'failed' : 'withdrawn' }
}
