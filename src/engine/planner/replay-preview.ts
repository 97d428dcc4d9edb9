/** What a replay leads to, read off the turn that would begin it and off the run that is replayed. */
import type { RunEvent } from '../../model/event.ts'
import type { ReplayPreview } from '../../model/replay.ts'
import type { RunState } from '../state/run-state.ts'
import { kept, outside, runsNext } from './ahead.ts'
import { childrenAhead } from './children-ahead.ts'
import type { Kin } from './kin.ts'
import { expectedOf } from './closing-ahead.ts'
import { beforeIn } from './done-before.ts'
import type { ReplayBeginning } from './replay.ts'

/** A new run as its first turn leaves it. */
export interface Begun {
  readonly state: RunState
  readonly events: readonly RunEvent[]
}

/** `source` is the run that is replayed, as it is. */
export function replayPreview(
  source: RunState,
  checkpoint: number,
  { undone, renewed, migration }: Pick<ReplayBeginning, 'undone' | 'renewed' | 'migration'>,
  { state, events }: Begun,
  kin: Kin,
): Omit<ReplayPreview, 'edits' | 'migrated'> {
  const { status, revision: hash, workflowVersion } = state.record
  const expected = expectedOf(state)
  return {
    version: source.record.version,
    checkpoint,
    revision: { hash, version: workflowVersion },
    migration,
    becomes: status,
    reused: kept(state, expected),
    runs: runsNext(state, expected, events, source),
    outside: [...outside(state, expected, beforeIn(state, kin))].map(({ key: _, ...each }) => each),
    children: childrenAhead(kin, state, state, expected),
    undone: [...undone],
    renewed: [...renewed],
  }
}
