/** What a run goes on with where it is sent back: asked of the definition before the turn that does it. */
import { contextKey, inputKey, partsOfKey } from '../../model/checkpoint.ts'
import { Refused } from '../../model/control-errors.ts'
import type { StepId } from '../../model/ids.ts'
import type { JsonSchema } from '../../model/json.ts'
import type { Manifest } from '../../model/manifest.ts'
import type { Revision } from '../../model/revision.ts'
import { marksAny } from '../../model/sensitive/schema-nodes.ts'
import type { Graph } from '../planner/graph.ts'
import { makersAt, speakerOf } from '../planner/maker.ts'
import { type ChangedValue, type Destination, sameSteps, wayTo } from '../planner/migration.ts'
import { factAt } from '../planner/restoration.ts'
import type { Moment, Ports, StateValue } from '../ports.ts'
import type { Graphs } from '../state/run-state.ts'

/** What of a state is to go on under another definition. */
export interface Wanted {
  /** False for what nothing is left of where the run goes: its migrations may read it. */
  stays(key: string): boolean
  /** True for what a person has written another in the place of. */
  isEdited(key: string): boolean
}

/** What is wanted where the run would go, before anything is migrated. @throws Refused */
export type WantedOf = (planned: Destination) => Wanted

const all: Wanted = { stays: () => true, isEdited: () => false }

/** The code that the branch of the checkpoint pins: nothing is migrated. */
export function pinnedDestination(moment: Moment): Destination {
  return { moment, pinned: moment.pinned, migrating: null }
}

/**
 * `present` is the revision that new runs pin, or why there is none.
 * @throws Refused, which names what is missing; Unavailable, CorruptionFound
 */
export async function presentDestination(
  ports: Pick<Ports, 'storage' | 'execution'>,
  graphs: Graphs,
  moment: Moment,
  present: Revision | string | undefined,
  wantedOf: WantedOf = () => all,
): Promise<Destination> {
  if (present === undefined || typeof present === 'string') throw notLoaded(moment, present)
  const { hash, manifest } = present
  if (hash === moment.pinned.revision) return pinnedDestination(moment)
  const from = moment.pinned.workflowVersion
  const versions = versionsTo(manifest, from)
  const pinned = { workflowVersion: manifest.version, revision: hash }
  const wanted = wantedOf({ moment, pinned, migrating: { versions, changed: [] } })
  const values = valuesAt(ports.storage, graphs, moment, hash, wanted)
  // Without a migration nothing reads what is not held against anything. The rest its schemas may refuse, by their own code too.
  const asked = versions.length > 0 ? values : values.filter(({ stays, isEdited }) => stays && !isEdited)
  const changed = asked.length === 0 ? [] : await migrated(ports, moment, { hash, manifest }, asked)
  return { moment, pinned, migrating: { versions, changed } }
}

function notLoaded({ record: { workflow } }: Moment, why = 'the workspace does not have it any more'): Refused {
  return refusal(`workflow ${workflow} has no present definition: ${why}`, 'mend its file, or go on with the pinned revision')
}

/** @throws Refused */
function versionsTo(manifest: Manifest, from: number): readonly number[] {
  const { name, version, file } = manifest
  if (version < from) {
    throw refusal(
      `version ${version} of ${name} is older than version ${from}, which the branch of the checkpoint pins`,
      `load version ${from} or a later one, or go on with the pinned revision`,
    )
  }
  const { versions, missing } = wayTo(manifest, from)
  if (missing.length === 0) return versions
  const calls = missing.map((each) => `.migrate(${each}, …)`).join(' and ')
  throw refusal(
    `no migration of ${name} leads away from version ${missing.join(' and ')}: the state is of version ${from}, the workflow of version ${version}`,
    `write ${calls} in ${file}, or go on with the pinned revision`,
  )
}

/** Every value of the state; outputs of a step oldest first. */
function valuesAt(storage: Pick<Ports['storage'], 'value'>, graphs: Graphs, moment: Moment, hash: Revision['hash'], wanted: Wanted): StateValue[] {
  const { state, record, pinned } = moment
  const [from, to] = [graphs(pinned.revision), graphs(hash)]
  const same = sameSteps(from, to)
  const makerAt = makersAt(moment)
  const values = [...state].flatMap(([key, held]) => {
    if (!('address' in held)) return []
    const { step, iteration } = partsOfKey(key)
    const maker = makerAt(key)
    const speakerIn = (graph: Graph): StepId | null => (step === null || maker === null ? null : speakerOf(graph, step, maker))
    const speaker = speakerIn(to)
    return {
      key,
      step,
      via: maker === step ? null : maker,
      speaker,
      iteration: iteration ?? 0,
      isLatest: step === null || iteration === factAt(state, step).iteration,
      value: storage.value(record.lineage, held.address),
      stays: (step === null || same.has(step)) && wanted.stays(key),
      fits: JSON.stringify(schemaOf(from, key, speakerIn(from))) === JSON.stringify(schemaOf(to, key, speaker)),
      isEdited: wanted.isEdited(key),
    }
  })
  return values.toSorted((a, b) => a.iteration - b.iteration).map(({ iteration: _, ...value }) => value)
}

/** @throws Refused, Unavailable */
async function migrated(
  { execution }: Pick<Ports, 'execution'>,
  { record, pinned: { workflowVersion: from } }: Moment,
  { hash, manifest }: Pick<Revision, 'hash' | 'manifest'>,
  values: readonly StateValue[],
): Promise<ChangedValue[]> {
  const answer = await execution.ask(hash, record.correlation, { type: 'migrate', from, values })
  if (answer.type === 'refused') {
    throw new Refused(`the state cannot go on with version ${manifest.version} of ${manifest.name}`, answer.failures)
  }
  if (answer.type !== 'migrated') throw new Error(`an executor answered ${answer.type} to migrate`)
  const speakers = new Map(values.map(({ key, speaker }) => [key, speaker]))
  return answer.changed.map(({ key, value }) => ({ key, value, sensitive: isSensitive(manifest, key, speakers.get(key) ?? null) }))
}

/** What the value of a key is held against, an output by its speaker; null where that is nothing. */
export function schemaOf({ manifest, steps }: Graph, key: string, speaker: StepId | null): JsonSchema | null {
  if (key === inputKey) return manifest.input
  if (key === contextKey) return manifest.context
  return (speaker === null ? undefined : steps.get(speaker)?.output) ?? null
}

function isSensitive({ inputSensitive, context, steps }: Manifest, key: string, speaker: StepId | null): boolean {
  if (key === inputKey) return inputSensitive
  const { step } = partsOfKey(key)
  return key === contextKey ? marksAny(context) : steps.some(({ id, sensitive }) => sensitive && (id === step || id === speaker))
}

function refusal(message: string, wayOut: string): Refused {
  return new Refused(message, [{ class: 'validation', name: 'Refused', path: 'definition', message, wayOut }])
}
