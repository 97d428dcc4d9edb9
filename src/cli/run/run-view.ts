import type { JournalEntry } from '../../model/entry.ts'
import type { RunEvent } from '../../model/event.ts'
import type { Instant, StepId } from '../../model/ids.ts'
import type { Signal } from '../../model/log.ts'
import type { Manifest } from '../../model/manifest.ts'
import type { RunStatus, RunWait, StepStatus, StepWait } from '../../model/status.ts'
import type { StepRecord } from '../../model/step.ts'

/** A step as it is shown while a run goes on: its newest iteration. */
export interface StepView {
  readonly id: StepId
  readonly iteration: number
  readonly status: StepStatus
  readonly waiting: StepWait | null
  readonly attempt: number
  /** What it last said of itself, or why it failed, was skipped, or is tried again. */
  readonly note: string
  readonly startedAt: Instant | null
  readonly endedAt: Instant | null
}

/** A run as it is shown while it goes on, told by its entries alone. */
export class RunView {
  status: RunStatus = 'queued'
  waiting: RunWait | null = null
  failure = ''
  /** It was set aside for damage, and goes back by itself next. */
  #goesBack = false
  #attempts = 0
  #questions = 0
  readonly #steps: Map<StepId, StepView>

  constructor({ steps }: Manifest) {
    this.#steps = new Map(steps.map(({ id }) => [id, pending(id, 1)]))
  }

  get steps(): readonly StepView[] {
    return [...this.#steps.values()]
  }

  /** Nothing of it moves before a person has acted. */
  get isSetAside(): boolean {
    return this.status === 'quarantined' && !this.#goesBack
  }

  /** Whether nothing of it is under way; a run that is brought to its end may wait for a person, too. */
  get rests(): boolean {
    const isAsked = this.status === 'compensating' && this.#attempts === 0 && this.#questions > 0
    const goesBack = this.status === 'quarantined' && this.#goesBack
    const moves = goesBack || this.status === 'queued' || this.status === 'running' || (this.status === 'compensating' && !isAsked)
    return !moves && this.steps.every(({ status }) => status !== 'running')
  }

  take({ run, at, events }: JournalEntry): void {
    if (run === null) return
    for (const event of events) this.#apply(event, at)
  }

  hear(signal: Signal): void {
    if (signal.type !== 'progress') return
    const share = `${Math.round(signal.fraction * 100)} %`
    this.#change(signal.step, { note: signal.note === null ? share : `${share} ${signal.note}` })
  }

  #apply(event: RunEvent, at: Instant): void {
    switch (event.type) {
      case 'run_created':
        for (const pass of event.passes) this.#steps.set(pass.step, restored(pass))
        break
      case 'run_moved':
        this.status = event.to
        this.waiting = event.waiting
        break
      case 'run_closing':
        this.failure = event.closing.failure?.message ?? ''
        break
      case 'run_quarantined':
        this.status = 'quarantined'
        this.failure = event.failure.message
        break
      case 'recovery_began':
        if (event.recovery.strategy === 'restore_valid') this.#goesBack = true
        if (event.recovery.strategy === 'ask') this.#goesBack = false
        break
      case 'run_released':
        this.status = 'running'
        this.failure = ''
        break
      case 'run_restored':
        this.status = 'queued'
        this.waiting = null
        this.failure = ''
        // It may go on with another definition, which has other steps.
        this.#steps.clear()
        for (const pass of event.passes) this.#steps.set(pass.step, restored(pass))
        break
      case 'attempt_ended':
        this.#attempts -= 1
        break
      case 'decision_opened':
        this.#questions += 1
        break
      case 'decision_closed':
        this.#questions -= 1
        break
      case 'attempt_started':
        this.#attempts += 1
        this.#change(event.step, event.phase === 'run' ? begun(event.attempt, at) : { note: doing[event.phase] })
        break
      case 'step_waiting':
        this.#change(event.step, { status: 'waiting', waiting: event.for, note: event.failure?.message ?? '' })
        break
      case 'resources_awaited':
        this.#change(event.step, event.phase === 'run' ? { status: 'waiting', waiting: 'resource', note: '' } : { note: 'undoing waits for a resource' })
        break
      case 'step_completed':
        this.#end(event.step, 'completed', event.via === null ? '' : `by ${event.via}`, at)
        break
      case 'step_skipped':
        this.#end(event.step, 'skipped', event.failure?.message ?? event.reason, at)
        break
      case 'step_failed':
        this.#end(event.step, 'failed', event.failure.message, at)
        break
      case 'step_in_doubt':
        this.#end(event.step, 'in_doubt', event.failure.message, at)
        break
      case 'step_cancelled':
        this.#end(event.step, 'cancelled', '', at)
        break
      case 'step_superseded':
        this.#end(event.step, 'superseded', '', at)
        break
      case 'step_renewed':
        this.#steps.set(event.step, pending(event.step, event.iteration))
        break
      default:
        break
    }
  }

  #end(step: StepId, status: StepStatus, note: string, at: Instant): void {
    this.#change(step, { status, waiting: null, note, endedAt: at })
  }

  #change(id: StepId, change: Partial<StepView>): void {
    const step = this.#steps.get(id)
    if (step !== undefined) this.#steps.set(id, { ...step, ...change })
  }
}

const doing = { compensate: 'is being compensated', check: 'asks whether it happened' } as const

function pending(id: StepId, iteration: number): StepView {
  return { id, iteration, status: 'pending', waiting: null, attempt: 0, note: '', startedAt: null, endedAt: null }
}

/** A pass as the run goes back to it: settled, or yet to begin. */
function restored({ step, iteration, status, skipped, startedAt, endedAt }: StepRecord): StepView {
  return { ...pending(step, iteration), status, note: skipped ?? '', startedAt, endedAt }
}

function begun(attempt: number, at: Instant): Partial<StepView> {
  return { status: 'running', waiting: null, attempt, note: '', startedAt: at, endedAt: null }
}
