/** What an action leads to, read off what a turn made of it and off the graph for what follows later. */
import type { Consequence } from '../../model/consequence.ts'
import type { RunEvent } from '../../model/event.ts'
import type { Failure } from '../../model/failure.ts'
import type { ApprovalAction } from '../../model/manifest.ts'
import { isEnded } from '../../model/status.ts'
import type { RunState } from '../state/run-state.ts'
import { kept, outside, runsNext } from './ahead.ts'
import { childrenAhead } from './children-ahead.ts'
import type { Kin } from './kin.ts'
import { compensations, expectedOf, undoneOutside } from './closing-ahead.ts'
import { beforeIn } from './done-before.ts'

type Way = Pick<Consequence, 'outcome' | 'ends' | 'to' | 'iteration' | 'checkpoint'>

/** A decision as a turn takes it. */
export interface Taken {
  /** The run as it was, and as the turn leaves it. */
  readonly before: RunState
  readonly state: RunState
  readonly events: readonly RunEvent[]
  /** Why what is given with it would be refused. */
  readonly refused: readonly Failure[]
}

/** What the turn that took a decision leads to. */
export function consequence({ name, role }: ApprovalAction, { before, state, events, refused }: Taken, kin: Kin): Consequence {
  const expected = expectedOf(state)
  const undone = [...compensations(state)]
  return {
    action: name,
    role,
    ...wayOf(events, state),
    kept: kept(state, expected),
    runs: runsNext(state, expected, events),
    outside: [...outside(state, expected, beforeIn(state, kin)), ...undoneOutside(state, undone)],
    children: childrenAhead(kin, before, state, expected),
    compensates: [...new Set(undone.map(({ step }) => step))],
    refused: [...refused],
  }
}

/** An action that cannot be taken leads nowhere. */
export function refusedConsequence({ name, role }: ApprovalAction, refused: readonly Failure[]): Consequence {
  const nowhere = { outcome: 'refused', ends: null, to: null, iteration: null, checkpoint: null } as const
  const nothing = { kept: [], runs: [], outside: [], children: [], compensates: [] }
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
