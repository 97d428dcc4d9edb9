/**
 * Replays, begun and rehearsed: both take the same first turn, and a rehearsal keeps nothing of it (law 8). The run that
 * is replayed is read and nothing else.
 */
import type { ReplayPreview } from '../../model/replay.ts'
import type { Allocator } from '../allocation/allocator.ts'
import type { PreviewReplayRequest, ReplayRequest } from '../control.ts'
import { replayPreview } from '../planner/replay-preview.ts'
import type { Ports } from '../ports.ts'
import { begin } from '../turn/begin.ts'
import { conclude } from '../turn/conclude.ts'
import { Turn } from '../turn/turn.ts'
import type { Unborn } from '../turn/unborn.ts'
import type { KnownKin } from './kin.ts'
import type { Looking } from './looking.ts'
import { prepareReplay, type Replay, type Replayed } from './prepare-replay.ts'

/** @throws NotFound, Refused, ValueRefused, Conflict, Unavailable, CorruptionFound */
export async function replaying(ports: Ports, replayed: Replayed, request: ReplayRequest): Promise<Unborn> {
  const replay = await prepareReplay(ports, replayed, request, request.revision)
  return { state: replay.state, first: (turn) => first(turn, replay, request.reason) }
}

/** What `replaying` would lead to. Throws what it would. */
export async function rehearseReplay(ports: Looking, allocator: Allocator, kin: KnownKin, replayed: Replayed, request: PreviewReplayRequest): Promise<ReplayPreview> {
  const replay = await prepareReplay(ports, replayed, request, null)
  const { state, beginning, edits, migrated } = replay
  await kin.sought(state.record.revision)
  const turn = new Turn(state, ports.clock.now(), ports, false, allocator.claims(state.record.id))
  first(turn, replay, null)
  conclude(turn)
  return { ...replayPreview(replayed.source, request.checkpoint, beginning, turn, kin), edits: [...edits], migrated: [...migrated] }
}

function first(turn: Turn, { state, beginning, values }: Replay, reason: string | null): void {
  turn.values.push(...values)
  begin(turn, state.record, beginning.passes, reason)
}
