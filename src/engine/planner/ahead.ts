/** What lies ahead of a run, as whoever is about to act on it is told. */
import type { Outside, RunsNext } from '../../model/ahead.ts'
import type { Before } from '../../model/before.ts'
import type { RunEvent } from '../../model/event.ts'
import { idempotencyKey } from '../../model/idempotency-key.ts'
import type { Millis, StepId } from '../../model/ids.ts'
import type { Phase, StepRecord } from '../../model/step.ts'
import { timeTaken } from '../../model/time-taken.ts'
import { isSettled, type RunState } from '../state/run-state.ts'
import { underWay } from './course.ts'
import type { Expected } from './outlook.ts'

/** What completed and is not expected to run again. */
export function kept(state: RunState, expected: readonly Expected[]): StepId[] {
  const again = new Set(expected.map(({ step }) => step))
  return [...state.present()].flatMap(({ step, status }) => (status === 'completed' && !again.has(step) ? [step] : []))
}

/** Steps that run or may. `events` are of the turn that leads there, `past` is the run as it was before. */
export function runsNext(
  state: RunState,
  expected: readonly Expected[],
  events: readonly RunEvent[],
  past = state,
): RunsNext[] {
  const begun = new Set(events.flatMap((event) => (begins(event) ? [event.step] : [])))
  return expected.map(({ step, certain, why }) => {
    // What the turn itself began is not under way yet, for whoever is told of it.
    const isNew = why === underWay && begun.has(step)
    const { kind } = state.manifest(step)
    return { step, kind, certain, ...(why !== null && !isNew && { why }), typical: typical(past, step) }
  })
}

/** Effects of steps that run or may; `before` is what each did outside already. */
export function* outside(state: RunState, expected: readonly Expected[], before: (step: StepId) => Before[]): Generator<Outside> {
  for (const { step, certain } of expected) {
    const record = state.step(step)
    // A pass that begins anew is of the run's generation, whatever that of the one before it was.
    const next = isSettled(record) ? { step, iteration: record.iteration + 1, generation: state.record.generation } : record
    for (const each of touching(state, next, 'run', certain)) yield { ...each, before: before(step) }
  }
}

/** The effect of a pass, where its step has one. */
export function* touching(
  state: RunState,
  pass: Pick<StepRecord, 'step' | 'iteration' | 'generation'>,
  phase: Phase,
  certain: boolean,
): Generator<Outside> {
  const { kind, effect } = state.manifest(pass.step)
  if (effect === null) return
  const key = idempotencyKey(state.record.id, pass, phase)
  yield { step: pass.step, kind, phase, repeat: effect.repeat, key, summary: null, certain, before: [] }
}

/** An attempt of the step itself, or a wait that needs none. */
function begins(event: RunEvent): event is Extract<RunEvent, { type: 'attempt_started' | 'step_waiting' }> {
  if (event.type === 'attempt_started') return event.phase === 'run'
  return event.type === 'step_waiting' && event.for === 'timer'
}

/** The median of what the step took so far, or null where it has not completed yet. */
function typical(state: RunState, step: StepId): Millis | null {
  const lengths = state
    .iterations(step)
    .flatMap((pass) => (pass.status === 'completed' ? (timeTaken(pass) ?? []) : []))
    .toSorted((a, b) => a - b)
  return lengths[Math.floor((lengths.length - 1) / 2)] ?? null
}
