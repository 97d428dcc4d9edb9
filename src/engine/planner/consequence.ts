/** What an action leads to, read off what a turn made of it and off the graph for what follows later. */
import type { Consequence, Outside } from '../../model/consequence.ts'
import type { RunEvent } from '../../model/event.ts'
import type { Failure } from '../../model/failure.ts'
import type { ApprovalAction } from '../../model/manifest.ts'
import { isEnded } from '../../model/status.ts'
import type { StepRecord } from '../../model/step.ts'
import type { RunState } from '../state/run-state.ts'
import { kept, outside, runsNext, touching } from './ahead.ts'
import { mustBeArmed } from './arming.ts'
import { owedCompensations } from './compensation.ts'
import { underWay } from './course.ts'
import { type Expected, outlook, outlookBackAt } from './outlook.ts'

type Way = Pick<Consequence, 'outcome' | 'ends' | 'to' | 'iteration' | 'checkpoint'>

/** What the turn that decided these events leads to; `state` is the run as that turn left it. */
export function consequence(
  { name, role }: ApprovalAction,
  events: readonly RunEvent[],
  state: RunState,
  refused: readonly Failure[],
): Consequence {
  const way = wayOf(events, state)
  const expected = expectedOf(way, state)
  const undone = [...compensations(state)]
  return {
    action: name,
    role,
    ...way,
    kept: kept(state, expected),
    runs: runsNext(state, expected, events),
    outside: [...outside(state, expected), ...undoneOutside(state, undone)],
    compensates: [...new Set(undone.map(({ step }) => step))],
    refused: [...refused],
  }
}

function expectedOf({ outcome }: Way, state: RunState): readonly Expected[] {
  const { closing } = state.record
  if (closing?.outcome === 'rolled_back') return outlookBackAt(state, closing.to)
  return outcome === 'ends' ? [...leftToEnd(state)] : outlook(state)
}

/** An action that cannot be taken leads nowhere. */
export function refusedConsequence({ name, role }: ApprovalAction, refused: readonly Failure[]): Consequence {
  const nowhere = { outcome: 'refused', ends: null, to: null, iteration: null, checkpoint: null } as const
  const nothing = { kept: [], runs: [], outside: [], compensates: [] }
  return { action: name, role, ...nowhere, ...nothing, refused: [...refused] }
}

function wayOf(events: readonly RunEvent[], state: RunState): Way {
  const { status, closing } = state.record
  const nowhere = { ends: null, to: null, iteration: null, checkpoint: null }
  if (closing?.outcome === 'rolled_back') return { ...nowhere, outcome: 'rolls_back', to: closing.to.step }
  if (closing !== null) return { ...nowhere, outcome: 'ends', ends: closing.outcome }
  if (isEnded(status)) return { ...nowhere, outcome: 'ends', ends: status }
  const back = events.find((event) => event.type === 'run_restored')
  if (back !== undefined) return { ...nowhere, outcome: 'goes_back', checkpoint: back.to }
  const loop = events.find((event) => event.type === 'looped')
  if (loop === undefined) return { ...nowhere, outcome: 'goes_on' }
  return { ...nowhere, outcome: 'loops_back', to: loop.to, iteration: state.step(loop.to).iteration }
}

/** What is inside an effect is left to end, even where the run ends. */
function* leftToEnd(state: RunState): Generator<Expected> {
  for (const { step, phase } of state.attempts()) {
    if (phase === 'run') yield { step, certain: true, why: underWay }
  }
}

/** Passes to be compensated, the next one first: those that may complete yet, then those that are owed. */
export function* compensations(state: RunState): Generator<StepRecord> {
  if (state.record.closing === null || isEnded(state.record.status)) return
  for (const record of state.underWay()) {
    const mayComplete = record.status === 'running' || record.status === 'in_doubt'
    if (mayComplete && state.manifest(record.step).compensates) yield record
  }
  yield* owedCompensations(state)
}

export function* undoneOutside(state: RunState, undone: readonly StepRecord[]): Generator<Outside> {
  for (const record of undone) {
    const isCertain = record.compensation === 'owed' && !mustBeArmed(state, record, 'compensate')
    yield* touching(state, record, 'compensate', isCertain)
  }
}
