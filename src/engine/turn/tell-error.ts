/** What goes wrong, and what is done about it, told as error records. How they end is told by `error-endings.ts`. */
import { ErrorId } from '../../model/ids.ts'
import type { ErrorRecord, PassedOver } from '../../model/error-record.ts'
import type { Failure } from '../../model/failure.ts'
import { fingerprint } from '../../model/fingerprint.ts'
import type { Instant, StepId } from '../../model/ids.ts'
import type { Measure } from '../../model/recovery-strategy.ts'
import { severityOf } from '../../model/severity.ts'
import type { Phase, StepRecord } from '../../model/step.ts'
import { waitingPrimary } from '../planner/stand-in.ts'
import type { RunState } from '../state/run-state.ts'
import type { Turn } from './turn.ts'

/** Opens the error of a pass or of its compensation, or tells that what is open has failed once more. */
export function tellFailure(turn: Turn, record: StepRecord, phase: Phase, failure: Failure): void {
  const open = turn.state.errorOf(record, phase)
  const told = { ...facts(turn.state, record.step, failure), attempts: attemptsOf(record) }
  if (open !== undefined) return turn.emit({ type: 'error_recurred', id: open.id, ...told })
  const { step, iteration } = record
  const cause = phase === 'compensate' ? turn.state.errorOf(null, 'run')?.id : (failure.child?.error ?? causeOf(turn.state, record)?.id)
  turn.emit({ type: 'error_opened', error: { ...opening(turn), ...told, step, iteration, phase, causedBy: cause ?? null } })
}

/** What a pass failed of about which nothing can be done, though its work stands. Answers its error, the open one where there is one. */
export function tellFailedOutright(turn: Turn, record: StepRecord, failure: Failure, why: string): ErrorId {
  const { step, iteration } = record
  const open = turn.state.errorOf(record, 'run')
  const error: ErrorRecord = open ?? { ...opening(turn), ...facts(turn.state, step, failure), step, iteration, attempts: attemptsOf(record), causedBy: null }
  if (open === undefined) turn.emit({ type: 'error_opened', error })
  turn.emit({ type: 'recovery_began', id: error.id, recovery: { strategy: 'fail', why, until: null, passedOver: [] }, counts: false })
  turn.emit({ type: 'error_closed', id: error.id, status: 'failed' })
  return error.id
}

function attemptsOf({ attempts }: StepRecord): ErrorRecord['attempts'] {
  return attempts === 0 ? null : { first: attempts, last: attempts }
}

/** What fails the run as a whole: by itself, or because of the error of a step; `took` came to nothing by that. */
export function tellRunFailure(turn: Turn, failure: Failure, cause: ErrorId | null, took: readonly StepId[]): void {
  const { state } = turn
  const { closing } = state.record
  const own = closing?.outcome === 'failed' ? closing.error : undefined
  const told = facts(state, null, failure)
  const open = state.errorOf(null, 'run')
  if (open !== undefined) return turn.emit({ type: 'error_recurred', id: open.id, ...told, attempts: null })
  turn.emit({ type: 'error_opened', error: { ...opening(turn), ...(own !== undefined && { id: own }), ...told, causedBy: cause, took: [...took] } })
}

interface Chosen {
  readonly strategy: Measure
  readonly why: string
  readonly until?: Instant | null
  readonly passedOver?: readonly PassedOver[]
  /** Whether it is one of those that the run may have so many of. */
  readonly counts?: boolean
}

/** What is done now about the open error of a pass, or of the run; nothing where none is open. */
export function tellRecovery(turn: Turn, record: StepRecord | null, phase: Phase, chosen: Chosen): void {
  const open = turn.state.errorOf(record, phase)
  if (open === undefined) return
  const { strategy, why, until = null, passedOver = [], counts = false } = chosen
  turn.emit({ type: 'recovery_began', id: open.id, recovery: { strategy, why, until, passedOver: [...passedOver] }, counts })
}

/** A stand-in runs only since its primary failed. */
function causeOf(state: RunState, record: StepRecord): ErrorRecord | undefined {
  const primary = waitingPrimary(state, record)
  return primary === undefined ? undefined : state.errorOf(primary, 'run')
}

function facts(state: RunState, step: StepId | null, failure: Failure) {
  const { workflow, head: checkpoint } = state.record
  const severity = severityOf(failure.class, step === null ? null : state.manifest(step))
  return { failure, severity, checkpoint, fingerprint: fingerprint({ workflow, step }, failure) }
}

function opening({ state, now, knowable, randomness, environment }: Turn) {
  return {
    id: ErrorId.parse(randomness.ulid(now)),
    branch: state.record.branch,
    step: null,
    iteration: null,
    phase: 'run',
    status: 'recovering',
    attempts: null,
    environment,
    took: [],
    recoveries: [],
    made: 0,
    knowable: knowable !== null && knowable < now ? knowable : null,
    openedAt: now,
    closedAt: null,
  } as const satisfies Partial<ErrorRecord>
}
