/**
 * The attempts of one run that executors were given and that its state has not let go of yet: what was heard of each, and what it
 * was let reach. Which are live is the state's to say.
 */
import type { Dependency } from '../../model/breaker.ts'
import type { RunEvent } from '../../model/event.ts'
import type { Instant, RunId, WorkflowName } from '../../model/ids.ts'
import { type Breakers, whoOf } from '../breakers/breakers.ts'
import { outcomeOf } from '../breakers/outcome.ts'
import type { Throttles } from '../throttles/throttles.ts'
import type { AttemptRef, Ports, Task } from '../ports.ts'
import { refKey } from './task.ts'

/** What is known of an attempt when it is handed over. */
export interface Start {
  /** Whether it has to be done, or to be heard of, within some time. */
  readonly isTimed: boolean
  /** What it has been let reach. */
  readonly reached: Dependency | null
}

interface Started {
  readonly ref: AttemptRef
  readonly isTimed: boolean
  /** When it was handed over. */
  readonly since: Instant
  answered: boolean
  /** When a process took it up, where one has. */
  begunAt: Instant | undefined
  /** When it had its last heartbeat, where it had one. */
  heardAt: Instant | undefined
  reached: Dependency | null
}

export interface InFlightParts {
  readonly run: RunId
  readonly workflow: WorkflowName
  readonly ports: Pick<Ports, 'clock' | 'execution'>
  readonly breakers: Breakers
  readonly throttles: Throttles
}

export class InFlight {
  readonly #parts: InFlightParts
  readonly #started = new Map<string, Started>()

  constructor(parts: InFlightParts) {
    this.#parts = parts
  }

  get size(): number {
    return this.#started.size
  }

  has(ref: AttemptRef): boolean {
    return this.#started.has(refKey(ref))
  }

  begunAt(ref: AttemptRef): Instant | undefined {
    return this.#started.get(refKey(ref))?.begunAt
  }

  heardAt(ref: AttemptRef): Instant | undefined {
    return this.#started.get(refKey(ref))?.heardAt
  }

  /** Hands an attempt to an executor. @throws CorruptionFound where its view is damaged: then none has it. */
  start(task: Task, { isTimed, reached }: Start): void {
    const key = refKey(task.ref)
    const since = this.#parts.ports.clock.now()
    this.#started.set(key, { ref: task.ref, isTimed, since, answered: false, begunAt: undefined, heardAt: undefined, reached })
    try {
      this.#parts.ports.execution.start(task)
    } catch (error) {
      this.#started.delete(key)
      throw error
    }
  }

  /** Lets go of every attempt that is not live any more, and stops those that have not answered. */
  release(isLive: (ref: AttemptRef) => boolean): void {
    for (const [key, { ref, answered }] of this.#started) {
      if (isLive(ref)) continue
      this.#started.delete(key)
      if (!answered) this.#parts.ports.execution.stop(ref)
    }
  }

  /** A process has taken the attempt up. Answers whether a time that it has counts from now. */
  began(ref: AttemptRef): boolean {
    const known = this.#started.get(refKey(ref))
    if (known === undefined) return false
    known.begunAt = this.#parts.ports.clock.now()
    return known.isTimed
  }

  heard(ref: AttemptRef): void {
    const known = this.#started.get(refKey(ref))
    if (known !== undefined) known.heardAt = this.#parts.ports.clock.now()
  }

  answered(ref: AttemptRef): void {
    const known = this.#started.get(refKey(ref))
    if (known !== undefined) known.answered = true
  }

  /** Whether the attempt may reach something outside; where a breaker holds it back, it ends as `held`. */
  reaches(ref: AttemptRef, dependency: Dependency): boolean {
    const { run, workflow, breakers, throttles } = this.#parts
    const known = this.#started.get(refKey(ref))
    if (known === undefined || known.answered) return false
    if (breakers.admit({ workflow, dependency }, whoOf(run, ref)) !== null) return false
    known.reached = dependency
    throttles.reached({ workflow, dependency }, ref.step)
    return true
  }

  /** What is committed of attempts that had reached something is said to its breaker and its throttle. */
  tellReached(events: readonly RunEvent[]): void {
    const { run, workflow, breakers, throttles } = this.#parts
    for (const event of events) {
      if (event.type !== 'attempt_ended') continue
      const known = this.#started.values().find(({ ref }) => ref.step === event.step && ref.iteration === event.iteration && ref.attempt === event.attempt)
      if (known === undefined) continue
      const { reached: dependency, since } = known
      if (dependency === null) continue
      const last = { run, step: event.step, class: event.failure?.class ?? 'transient' } as const
      breakers.settle({ workflow, dependency }, whoOf(run, event), outcomeOf(event), last)
      throttles.settle({ workflow, dependency }, run, since, event)
    }
  }
}
