/** What an action leads to, read off what a turn made of it and off the graph for what follows later. */
import type { Consequence, Outside, RunsNext } from '../../model/consequence.ts'
import type { RunEvent } from '../../model/event.ts'
import type { Failure } from '../../model/failure.ts'
import { idempotencyKey } from '../../model/idempotency-key.ts'
import type { Millis, StepId } from '../../model/ids.ts'
import type { ApprovalAction } from '../../model/manifest.ts'
import { isEnded } from '../../model/status.ts'
import type { Phase, StepRecord } from '../../model/step.ts'
import type { RunState } from '../state/run-state.ts'
import { owedCompensations } from './compensation.ts'
import { underWay } from './course.ts'
import { type Expected, outlook } from './outlook.ts'
import { isSettled } from './readiness.ts'

type Way = Pick<Consequence, 'outcome' | 'ends' | 'to' | 'iteration'>

/** What the turn that decided these events leads to; `state` is the run as that turn left it. */
export function consequence(
  { name, role }: ApprovalAction,
  events: readonly RunEvent[],
  state: RunState,
  refused: readonly Failure[],
): Consequence {
  const way = wayOf(events, state)
  const expected = way.outcome === 'ends' ? [...leftToEnd(state)] : outlook(state)
  const begun = new Set(events.flatMap((event) => (begins(event) ? [event.step] : [])))
  const undone = [...compensations(state)]
  return {
    action: name,
    role,
    ...way,
    kept: kept(state, expected),
    runs: expected.map((each) => runsNext(state, each, begun)),
    outside: [...outside(state, expected), ...undoneOutside(state, undone)],
    compensates: [...new Set(undone.map(({ step }) => step))],
    refused: [...refused],
  }
}

/** An action that cannot be taken leads nowhere. */
export function refusedConsequence({ name, role }: ApprovalAction, refused: readonly Failure[]): Consequence {
  const nowhere = { outcome: 'refused', ends: null, to: null, iteration: null } as const
  const nothing = { kept: [], runs: [], outside: [], compensates: [] }
  return { action: name, role, ...nowhere, ...nothing, refused: [...refused] }
}

function wayOf(events: readonly RunEvent[], state: RunState): Way {
  const { status, closing } = state.record
  const nowhere = { ends: null, to: null, iteration: null }
  if (closing !== null) return { ...nowhere, outcome: 'ends', ends: closing.outcome }
  if (isEnded(status)) return { ...nowhere, outcome: 'ends', ends: status }
  const loop = events.find((event) => event.type === 'looped')
  if (loop === undefined) return { ...nowhere, outcome: 'goes_on' }
  return { outcome: 'loops_back', ends: null, to: loop.to, iteration: state.step(loop.to).iteration }
}

/** What is inside an effect is left to end, even where the run ends. */
function* leftToEnd(state: RunState): Generator<Expected> {
  for (const { step, phase } of state.attempts()) {
    if (phase === 'run') yield { step, certain: true, why: underWay }
  }
}

function kept(state: RunState, expected: readonly Expected[]): StepId[] {
  const again = new Set(expected.map(({ step }) => step))
  return [...state.present()].flatMap(({ step, status }) => (status === 'completed' && !again.has(step) ? [step] : []))
}

/** What the turn itself began is not under way yet, for whoever is told of it. */
function runsNext(state: RunState, { step, certain, why }: Expected, begun: ReadonlySet<StepId>): RunsNext {
  const { kind } = state.manifest(step)
  const isNew = why === underWay && begun.has(step)
  return { step, kind, certain, ...(why !== null && !isNew && { why }), typical: typical(state, step) }
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
    .flatMap(({ status, startedAt, endedAt }) =>
      status === 'completed' && startedAt !== null && endedAt !== null ? [endedAt - startedAt] : [],
    )
    .toSorted((a, b) => a - b)
  return lengths[Math.floor((lengths.length - 1) / 2)] ?? null
}

function* outside(state: RunState, expected: readonly Expected[]): Generator<Outside> {
  for (const { step, certain } of expected) {
    const record = state.step(step)
    const iteration = isSettled(record) ? record.iteration + 1 : record.iteration
    yield* touching(state, { ...record, iteration }, 'run', certain)
  }
}

/** Passes to be compensated, the next one first: those that may complete yet, then those that are owed. */
function* compensations(state: RunState): Generator<StepRecord> {
  if (state.record.closing === null || isEnded(state.record.status)) return
  for (const record of state.underWay()) {
    const mayComplete = record.status === 'running' || record.status === 'in_doubt'
    if (mayComplete && state.manifest(record.step).compensates) yield record
  }
  yield* owedCompensations(state)
}

function* undoneOutside(state: RunState, undone: readonly StepRecord[]): Generator<Outside> {
  for (const record of undone) yield* touching(state, record, 'compensate', record.compensation === 'owed')
}

function* touching(
  state: RunState,
  pass: Pick<StepRecord, 'step' | 'iteration' | 'generation'>,
  phase: Phase,
  certain: boolean,
): Generator<Outside> {
  const { kind, effect } = state.manifest(pass.step)
  if (effect === null) return
  const key = idempotencyKey(state.record.id, pass, phase)
  yield { step: pass.step, kind, phase, repeat: effect.repeat, key, summary: null, certain }
}
