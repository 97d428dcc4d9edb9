/**
 * Replays, begun and rehearsed: both take the same first turn, and a rehearsal keeps nothing of it (law 8). The run that
 * is replayed is read and nothing else.
 */
import type { ReplayPreview } from '../../model/replay.ts'
import type { Allocator } from '../allocation/allocator.ts'
import type { PreviewReplayRequest, ReplayRequest } from '../control.ts'
import { givenOf, type ReplayBeginning, replayBeginning } from '../planner/replay.ts'
import { replayPreview } from '../planner/replay-preview.ts'
import type { Ports } from '../ports.ts'
import { RunState } from '../state/run-state.ts'
import { begin } from '../turn/begin.ts'
import { conclude } from '../turn/conclude.ts'
import { Turn } from '../turn/turn.ts'
import type { Unborn } from '../turn/unborn.ts'
import type { KnownKin } from './kin.ts'
import type { Looking } from './looking.ts'
import { newRun } from './new-run.ts'
import { keysOf, type SealedEdit, sealEdits } from './replay-edits.ts'
import { momentOf } from './restoring.ts'

/** A replay that is ready to begin. */
interface Replay {
  /** The new run, before its first turn. */
  readonly state: RunState
  readonly beginning: ReplayBeginning
  readonly edits: readonly SealedEdit[]
}

/** `source` is the run that is replayed. @throws NotFound, Refused, ValueRefused, Unavailable, CorruptionFound */
export async function replaying(ports: Ports, source: RunState, request: ReplayRequest): Promise<Unborn> {
  const replay = await prepare(ports, source, request)
  return { state: replay.state, first: (turn) => first(turn, replay, request.reason) }
}

/** What `replaying` would lead to. Throws what it would. */
export async function rehearseReplay(ports: Looking, allocator: Allocator, kin: KnownKin, source: RunState, request: PreviewReplayRequest): Promise<ReplayPreview> {
  const replay = await prepare(ports, source, request)
  await kin.sought(replay.state.record.revision)
  const turn = new Turn(replay.state, ports.clock.now(), ports, false, allocator.claims(replay.state.record.id))
  first(turn, replay, null)
  conclude(turn)
  const edits = replay.edits.map(({ key, before, after }) => ({ key, before, after }))
  return { ...replayPreview(source, request.checkpoint, replay.beginning, turn, kin), edits }
}

async function prepare(ports: Ports, source: RunState, { run, checkpoint, edits }: PreviewReplayRequest): Promise<Replay> {
  const moment = momentOf(ports.storage, { run, checkpoint })
  const sealed = await sealEdits(ports, source, moment, edits)
  const edited = keysOf(sealed)
  const beginning = replayBeginning(source.graphs(moment.pinned.revision), moment, edited)
  const { priority, workflow, lineage, correlation } = source.record
  const record = newRun(ports, {
    priority,
    workflow,
    ...moment.pinned,
    lineage,
    correlation,
    ...givenOf(moment, edited),
    loops: beginning.loops,
    origin: { run, checkpoint, edited: [...edited.keys()] },
    disarmed: true,
  })
  return { state: new RunState(source.graphs, source.lineage, record), beginning, edits: sealed }
}

function first(turn: Turn, { state, beginning, edits }: Replay, reason: string | null): void {
  turn.values.push(...edits.map(({ sealed }) => sealed))
  begin(turn, state.record, beginning.passes, reason)
}
