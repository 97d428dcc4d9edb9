import type { RunRecord } from '../../model/run.ts'
import { isEnded, type RunStatus, type RunWait, type StepStatus } from '../../model/status.ts'
import type { StepRecord } from '../../model/step.ts'
import type { RunState } from '../state/run-state.ts'
import { readiness } from './readiness.ts'

export interface RunStanding {
  readonly status: RunStatus
  readonly waiting: RunWait | null
}

/** Where the run stands, seen from its steps; how it ends is decided elsewhere. */
export function standing(state: RunState): RunStanding {
  const { status, paused, closing, admitted } = state.record
  if (isEnded(status) || status === 'quarantined') return { status, waiting: null }
  if (paused) return { status: 'paused', waiting: null }
  if (closing !== null) return { status: 'compensating', waiting: null }
  if (!admitted) return { status: 'queued', waiting: null }
  const waiting = waitingFor(state)
  return waiting === null ? { status: 'running', waiting } : { status: 'waiting', waiting }
}

/** Whether the run stands in the dead-letter queue: nothing else of it is awaited, also while it is paused, and nothing would start if it were not. */
export function isDeadLetter(state: RunState): boolean {
  const { closing, paused } = state.record
  if (closing !== null || waitingFor(state) !== 'dead_letter') return false
  return !paused || state.unsettled().every(({ step }) => readiness(state, step) === 'hold')
}

/** Whether steps may start: not while the run is queued, paused, closing, ended or in quarantine. */
export function goesForward({ status, paused, closing, admitted }: RunRecord): boolean {
  return admitted && !paused && closing === null && !isEnded(status) && status !== 'quarantined'
}

/**
 * One reason, the nearest that can end the wait: what goes on by itself comes before a person, a person before the
 * clock; a child goes on by itself, but is named only where nothing nearer is. A run waits in the dead-letter
 * queue once nothing else of it is awaited. Null while anything runs.
 */
function waitingFor(state: RunState): RunWait | null {
  if (!state.attempts().next().done) return null
  const seen = new Set<StepStatus | NonNullable<StepRecord['waiting']>['for']>()
  for (const record of state.underWay()) seen.add(record.waiting?.for ?? record.status)
  if (seen.has('backoff')) return 'backoff'
  if (seen.has('breaker')) return 'breaker'
  if (seen.has('resource')) return 'resource'
  if (seen.has('in_doubt')) return 'in_doubt'
  if (seen.has('decision')) return 'decision'
  if (seen.has('child')) return 'child'
  if (seen.has('timer')) return 'timer'
  return seen.has('dead_letter') ? 'dead_letter' : null
}
