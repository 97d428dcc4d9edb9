import type { ErrorStatus, RunStatus, RunWait, StepStatus, StepWait } from '../model/status.ts'
import type { Paint, Tone } from './paint.ts'

type Look = readonly [tone: Tone, icon: string]

const runs: Readonly<Record<RunStatus, Look>> = {
  queued: ['inactive', '○'],
  running: ['running', '●'],
  waiting: ['attention', '◷'],
  paused: ['inactive', '‖'],
  compensating: ['attention', '↶'],
  completed: ['success', '✓'],
  failed: ['failure', '✗'],
  cancelled: ['inactive', '⊘'],
  quarantined: ['failure', '!'],
}

const steps: Readonly<Record<StepStatus, Look>> = {
  pending: ['inactive', '○'],
  running: ['running', '●'],
  waiting: ['attention', '◷'],
  completed: ['success', '✓'],
  skipped: ['inactive', '–'],
  failed: ['failure', '✗'],
  superseded: ['inactive', '↺'],
  cancelled: ['inactive', '⊘'],
  in_doubt: ['attention', '?'],
}

const waits: Readonly<Record<RunWait | StepWait, string>> = {
  timer: 'waiting for a time',
  backoff: 'waiting to try again',
  decision: 'waiting for a decision',
  resource: 'waiting for a resource',
  child: 'waiting for a child run',
  breaker: 'waiting for a breaker',
  in_doubt: 'in doubt',
  fallback: 'waiting for its fallback',
  dead_letter: 'in the dead-letter queue',
}

const errors: Readonly<Record<ErrorStatus, Look>> = {
  recovering: ['running', '↻'],
  waiting: ['attention', '◷'],
  recovered: ['success', '✓'],
  failed: ['failure', '✗'],
  withdrawn: ['inactive', '⊘'],
}

export function errorStatus(paint: Paint, status: ErrorStatus): string {
  const [tone, icon] = errors[status]
  return paint(tone, `${icon} ${status === 'waiting' ? 'waiting for a person' : status}`)
}

/** A status is always icon, word and colour. */
export function runStatus(paint: Paint, status: RunStatus, waiting: RunWait | null): string {
  const [tone, icon] = runs[status]
  return paint(tone, `${icon} ${status === 'waiting' && waiting !== null ? waits[waiting] : status}`)
}

export function stepStatus(paint: Paint, status: StepStatus, waiting: StepWait | null): string {
  const [tone, icon] = steps[status]
  return paint(tone, `${icon} ${status === 'waiting' && waiting !== null ? waits[waiting] : status.replace('_', ' ')}`)
}
