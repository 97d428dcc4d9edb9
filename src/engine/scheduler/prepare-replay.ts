/** What a replay is to begin with: asked of the definition that it goes by, before its first turn. */
import { outputKey } from '../../model/checkpoint.ts'
import { Conflict } from '../../model/control-errors.ts'
import type { Address } from '../../model/ids.ts'
import type { Edited, ReplayEdits } from '../../model/replay.ts'
import type { Origin } from '../../model/run.ts'
import type { PreviewReplayRequest, ReplayRequest } from '../control.ts'
import type { Destination } from '../planner/migration.ts'
import { type EditedKeys, givenOf, type ReplayBeginning, replayBeginning, takenTo } from '../planner/replay.ts'
import { addressAt } from '../planner/restoration.ts'
import type { Ports, SealedValue } from '../ports.ts'
import { RunState } from '../state/run-state.ts'
import { keepMigrated } from '../turn/keep-migrated.ts'
import type { Wanted, WantedOf } from './destination.ts'
import { newRun } from './new-run.ts'
import { keysOf, ReplayEditor, type SealedEdit } from './replay-edits.ts'

/** The run that is replayed, and how the definition that is to be gone by is asked about the checkpoint. */
export interface Replayed {
  readonly source: RunState
  readonly destination: (wanted: WantedOf) => Promise<Destination>
}

/** A replay that is ready to begin. */
export interface Replay {
  /** The new run, before its first turn. */
  readonly state: RunState
  readonly beginning: ReplayBeginning
  /** What is stored with it: values that were edited or migrated. */
  readonly values: readonly SealedValue[]
  readonly edits: readonly Edited[]
  readonly migrated: readonly Edited[]
}

/**
 * `told` is the revision that the person was told of; null goes by whatever it is.
 * @throws NotFound, Refused, ValueRefused, Conflict, Unavailable, CorruptionFound
 */
export async function prepareReplay(
  ports: Ports,
  { source, destination: find }: Replayed,
  request: PreviewReplayRequest,
  told: ReplayRequest['revision'],
): Promise<Replay> {
  const destination = await find((planned) => wantedBy(ports, source, planned, request.edits))
  const { moment, pinned } = destination
  if (told !== null && told !== pinned.revision) {
    throw new Conflict(`a replay of run ${request.run} would go by another revision than was told: look again`, source.record)
  }
  const edits = await new ReplayEditor(ports, source, destination).sealed(request.edits)
  const edited = keysOf(edits)
  const unedited = without(destination, edited)
  const migrated = migratedValues(ports, source, unedited)
  const there = takenTo(source.graphs, unedited, keysOf(migrated))
  const beginning = replayBeginning(source.graphs(pinned.revision), there, edited)
  const { priority, workflow, lineage, correlation } = source.record
  const record = newRun(ports, {
    priority,
    workflow,
    ...pinned,
    lineage,
    correlation,
    ...givenOf(there, moment.record, edited),
    loops: beginning.loops,
    origin: originOf(request, destination, edited),
    disarmed: true,
  })
  const values = [...migrated, ...edits].map(({ sealed }) => sealed)
  return { state: new RunState(source.graphs, source.lineage, record), beginning, values, edits: edits.map(toldOf), migrated: migrated.map(toldOf) }
}

/** Only what is taken over has to fit the definition: what runs again does not, nor what an edit takes the place of. */
function wantedBy(ports: Ports, source: RunState, planned: Destination, edits: ReplayEdits): Wanted {
  const keys = new Set(new ReplayEditor(ports, source, planned).keys(edits))
  const there = takenTo(source.graphs, planned, new Map())
  const asIs = [...keys].flatMap((key): (readonly [string, Address])[] => {
    const address = addressAt(there.state, key)
    return address === null ? [] : [[key, address]]
  })
  const { passes } = replayBeginning(source.graphs(planned.pinned.revision), there, new Map(asIs))
  const taken = new Set(passes.flatMap(({ step, iteration, output }) => (output === null ? [] : [outputKey(step, iteration)])))
  return { stays: (key) => !key.startsWith('output/') || taken.has(key), isEdited: (key) => keys.has(key) }
}

function without({ migrating, ...rest }: Destination, edited: EditedKeys): Destination {
  return { ...rest, migrating: migrating && { ...migrating, changed: migrating.changed.filter(({ key }) => !edited.has(key)) } }
}

/** @throws Refused where one cannot be stored, CorruptionFound */
function migratedValues({ storage }: Ports, { lineage }: RunState, { moment, migrating }: Destination): SealedEdit[] {
  return (migrating?.changed ?? []).flatMap((each) => {
    const { key, value: after } = each
    const before = addressAt(moment.state, key)
    if (before === null) return []
    const sealed = keepMigrated(each, (value, sensitive) => storage.seal(lineage, value, sensitive))
    return { key, before: storage.value(lineage.id, before), after, sealed }
  })
}

function originOf({ run, checkpoint }: PreviewReplayRequest, { moment, pinned, migrating }: Destination, edited: EditedKeys): Origin {
  const earlier = moment.definitions.filter((definition) => definition !== pinned.revision)
  return {
    run,
    checkpoint,
    edited: [...edited.keys()],
    ...(migrating !== null && { pinned: moment.pinned }),
    ...(earlier.length > 0 && { earlier }),
  }
}

function toldOf({ key, before, after }: SealedEdit): Edited {
  return { key, before, after }
}
