/** What was told of the way ahead, held against what then happened. */
import type { Outside, RunsNext } from '../../src/model/ahead.ts'
import { ControlError } from '../../src/model/control-errors.ts'
import type { RunEvent } from '../../src/model/event.ts'
import { passOfKey } from '../../src/model/idempotency-key.ts'
import type { StepId } from '../../src/model/ids.ts'
import type { StepManifest } from '../../src/model/manifest.ts'
import type { Task } from '../../src/engine/ports.ts'

/** What steps of the revision are like under which the run goes on. */
export interface Manifests {
  manifest(id: string): StepManifest | undefined
}

export interface Foretold {
  readonly runs: readonly RunsNext[]
  readonly outside: readonly Outside[]
}

/** What the promise answers, or the refusal that it rejects with. */
export async function orRefusal<T>(promise: Promise<T>): Promise<T | ControlError> {
  try {
    return await promise
  } catch (error) {
    if (error instanceof ControlError) return error
    throw error
  }
}

/** Something happened that was not told, or did not that was. */
export function broken(what: string, told: unknown): never {
  throw new Error(`${what}, told ${JSON.stringify(told)}`)
}

/** Steps that ran and were not listed. `later` are the events after the turn that it was told of. */
export function unlisted(random: Manifests, told: Pick<Foretold, 'runs'>, events: readonly RunEvent[], later: readonly RunEvent[]): StepId[] {
  const ran = [...events.filter(begins), ...later.filter((event, at) => isDone(random, event, later[at - 1]))].flatMap(stepOf)
  const listed = new Set(told.runs.map((next) => next.step))
  return ran.filter((id) => !listed.has(id))
}

/** Steps that were certain to run and did not. */
export function neverRan(random: Manifests, told: Pick<Foretold, 'runs'>, events: readonly RunEvent[]): StepId[] {
  const done = new Set(events.filter((event) => event.type === 'step_completed' || asks(random, event)).flatMap(stepOf))
  return told.runs.filter(({ step, certain }) => certain && !done.has(step)).map(({ step }) => step)
}

/** The first time that a step touches the outside world, it is under the key that was told; else this is what it did. */
export function underAnotherKey(random: Manifests, told: Foretold, tasks: readonly Task[]): string | undefined {
  const seen = new Set<string>()
  for (const { ref, phase, idempotencyKey: key } of tasks) {
    if (phase === 'check' || random.manifest(ref.step)?.effect === null || seen.has(`${ref.step} ${phase}`)) continue
    seen.add(`${ref.step} ${phase}`)
    const outside = told.outside.filter((each) => each.step === ref.step && each.phase === phase)
    const isNext = told.runs.some((next) => next.step === ref.step && next.certain && next.why === undefined)
    if (outside.some((each) => each.key === key || (!isNext && passOfKey(each.key)?.step === ref.step))) continue
    return `${ref.step} touched the outside world as ${key}`
  }
  return undefined
}

export function goesWrong(event: RunEvent): boolean {
  return 'failure' in event && event.failure !== null
}

export function stepOf(event: RunEvent): StepId[] {
  if (event.type === 'decision_opened') return [event.decision.step]
  return 'step' in event && event.step !== null ? [event.step] : []
}

/** An attempt of the step itself, or a wait that needs none. */
function begins(event: RunEvent): boolean {
  if (event.type === 'attempt_started') return event.phase === 'run'
  return event.type === 'step_waiting' && event.for === 'timer'
}

/** Whether a person answers is not the run's doing. */
function asks(random: Manifests, event: RunEvent): boolean {
  if (event.type === 'decision_opened') return true
  return begins(event) && stepOf(event).some((id) => random.manifest(id)?.kind === 'approval')
}

/** Done other than by a person's answer. */
function isDone(random: Manifests, event: RunEvent, before: RunEvent | undefined): boolean {
  if (event.type !== 'step_completed' || event.via !== null || before?.type === 'decision_closed') return false
  return random.manifest(event.step)?.kind !== 'approval'
}
