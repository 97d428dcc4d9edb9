/** What a person writes anew before a replay begins, held against the definition that the replay goes by. */
import { Refused } from '../../model/control-errors.ts'
import { contextKey, inputKey, outputKey, partsOfKey } from '../../model/checkpoint.ts'
import type { Address, StepId } from '../../model/ids.ts'
import type { Json } from '../../model/json.ts'
import type { StepManifest } from '../../model/manifest.ts'
import type { Edited, ReplayEdits } from '../../model/replay.ts'
import { type Marks, marksOf, schemasAt, sensitiveTexts } from '../../model/sensitive/marks.ts'
import { scrubber } from '../../model/sensitive/scrub.ts'
import type { Graph } from '../planner/graph.ts'
import { makersAt } from '../planner/maker.ts'
import type { Arrival, Destination } from '../planner/migration.ts'
import { type EditedKeys, takenTo } from '../planner/replay.ts'
import { addressAt, factAt, givenAt } from '../planner/restoration.ts'
import type { Ports, Question, SealedValue } from '../ports.ts'
import type { RunState } from '../state/run-state.ts'
import { schemaOf } from './destination.ts'
import { meaning } from './meaning.ts'
import { vouchedFor } from './vouching.ts'

/** A value before and after, ready to be stored. */
export interface SealedEdit extends Edited {
  readonly sealed: SealedValue
}

export function keysOf(edits: readonly SealedEdit[]): EditedKeys {
  return new Map(edits.map(({ key, sealed }) => [key, sealed.address]))
}

interface Target {
  readonly manifest: StepManifest
  readonly key: string
  readonly value: Json
  /** What refusals call the value. */
  readonly path: string
}

interface Sealing extends Pick<SealedEdit, 'key' | 'before'> {
  readonly sensitive: boolean
  readonly name: string
}

/** Writes into what a checkpoint of `source` comes to at a destination. */
export class ReplayEditor {
  readonly #ports: Ports
  readonly #source: RunState
  readonly #destination: Destination
  readonly #graph: Graph
  readonly #there: Arrival
  readonly #migrated: ReadonlyMap<string, Json>

  /** @throws CorruptionFound */
  constructor(ports: Ports, source: RunState, destination: Destination) {
    this.#ports = ports
    this.#source = source
    this.#destination = destination
    this.#graph = source.graphs(destination.pinned.revision)
    this.#there = takenTo(source.graphs, destination, new Map())
    this.#migrated = new Map(destination.migrating?.changed.map(({ key, value }) => [key, value]))
  }

  /** Which values are written anew. @throws Refused where one is named that is not taken over */
  keys({ input, outputs = [] }: ReplayEdits): readonly string[] {
    const targets = outputs.map((output, at) => this.#target(output, `outputs.${at}`))
    const again = targets.find(({ key }, at) => targets.findIndex((other) => other.key === key) < at)
    if (again !== undefined) {
      throw refusal(`outputs.${targets.indexOf(again)}`, `${again.key} is edited twice`, 'leave all but one of them out')
    }
    return [...(input === undefined ? [] : [inputKey]), ...targets.map(({ key }) => key)]
  }

  /** The edits as the definition's schemas make them. @throws Refused, ValueRefused, Unavailable, CorruptionFound */
  async sealed(edits: ReplayEdits): Promise<SealedEdit[]> {
    this.keys(edits)
    const { input, outputs = [] } = edits
    const first = input === undefined ? [] : [await this.#input(input)]
    const targets = outputs.map((output, at) => this.#target(output, `outputs.${at}`))
    return [...first, ...(await Promise.all(targets.map((target) => this.#output(target))))]
  }

  /** A value of the checkpoint: as migrations have made it, or as it is stored. @throws CorruptionFound */
  #valueAt(key: string): Json {
    const migrated = this.#migrated.get(key)
    if (migrated !== undefined) return migrated
    const { state, record } = this.#destination.moment
    const { input, context } = givenAt(state, record)
    const ofRun: Readonly<Record<string, Address>> = { [inputKey]: input, [contextKey]: context }
    const address = ofRun[key] ?? addressAt(state, key)
    if (address === null) throw new Error(`checkpoint ${record.id}/${this.#destination.moment.checkpoint.number} holds no ${key}`)
    return this.#ports.storage.value(this.#source.lineage.id, address)
  }

  /** The context stays as it is: the definition is only asked about the input. */
  async #input(value: Json): Promise<SealedEdit> {
    const before = this.#valueAt(inputKey)
    const output = this.#meaning(value, before, inputKey, 'edits.input')
    const question = { type: 'vouch', step: null, output, before: this.#madeBefore(inputKey) } as const
    return this.#sealed(question, { key: inputKey, before, sensitive: this.#graph.manifest.inputSensitive, name: `the input of ${this.#source.record.workflow}` })
  }

  /** @throws Refused where no such output is taken over */
  #target({ step, iteration, value }: NonNullable<ReplayEdits['outputs']>[number], path: string): Target {
    const graph = this.#graph
    const { checkpoint } = this.#destination.moment
    const manifest = graph.steps.get(step)
    if (manifest === undefined) throw refusal(`${path}.step`, `there is no step ${step}`, `a step is one of ${graph.order.join(', ')}`)
    if (manifest.kind === 'approval') {
      throw refusal(`${path}.step`, `what was decided at ${step} is no output to be written`, `replay from before ${step}: it is asked anew`)
    }
    const primary = graph.primaryOf.get(step)
    if (primary !== undefined) {
      throw refusal(`${path}.step`, `${step} only stands in for ${primary}`, `edit the output of ${primary}`)
    }
    const { state, migration } = this.#there
    if (migration?.dropped.includes(step) === true) {
      const message = `${step} is another step in version ${graph.manifest.version}: what it put out by then is not taken over`
      throw refusal(`${path}.step`, message, 'leave the edit out, or go on with the pinned revision')
    }
    const key = outputKey(step, iteration ?? factAt(state, step).iteration)
    if (addressAt(state, key) !== null) return { manifest, key, value, path: `edits.${path}.value` }
    const message = `${named(step, iteration)} had no output at checkpoint ${checkpoint.number}`
    throw refusal(path, message, `edit one of ${outputsIn(state).join(', ') || 'a later checkpoint'}`)
  }

  async #output({ manifest: { id: step, sensitive }, key, value, path }: Target): Promise<SealedEdit> {
    const before = this.#valueAt(key)
    const output = this.#meaning(value, before, key, path)
    return this.#sealed({ type: 'vouch', step, output, before: this.#madeBefore(key) }, { key, before, sensitive, name: `the output of ${step}` })
  }

  async #sealed(question: Extract<Question, { type: 'vouch' }>, { key, before, sensitive, name }: Sealing): Promise<SealedEdit> {
    const { lineage, record: { correlation } } = this.#source
    const { storage, execution } = this.#ports
    const { revision } = this.#destination.pinned
    const after = await vouchedFor(execution, { revision, correlation }, question, name)
    return { key, before, after, sealed: storage.seal(lineage, after, sensitive) }
  }

  /** What is edited, where the schema that the edit is held against has made it; null where it was another, or none yet. */
  #madeBefore(key: string): Json {
    const { moment, migrating } = this.#destination
    const { step } = partsOfKey(key)
    if (makersAt(moment)(key) !== step || this.#migrated.has(key)) return null
    const schemaIn = (graph: Graph): string => JSON.stringify(schemaOf(graph, key, step))
    const isSame = migrating === null || schemaIn(this.#source.graphs(moment.pinned.revision)) === schemaIn(this.#graph)
    return isSame ? this.#valueAt(key) : null
  }

  /** What was shown was hidden by every definition that speaks of it. @throws Refused */
  #meaning(value: Json, before: Json, key: string, path: string): Json {
    const { moment, pinned } = this.#destination
    const definitions = new Set([...moment.definitions, pinned.revision])
    const marks = marksOf([...definitions].map((hash) => this.#source.graphs(hash).manifest))
    if (marks === null) return meaning(value, null, path)
    return meaning(value, { whole: before, path: [], schemas: schemasAt(marks, key), scrub: scrubber(this.#texts(marks)) }, path)
  }

  /** What is sensitive at the checkpoint: it was taken out of the texts that were shown. */
  #texts(marks: Marks): string[] {
    return [...this.#destination.moment.state].flatMap(([key, held]) => {
      return 'address' in held ? sensitiveTexts(schemasAt(marks, key), this.#valueAt(key)) : []
    })
  }
}

function named(step: StepId, iteration: number | undefined): string {
  return iteration === undefined ? step : `iteration ${iteration} of ${step}`
}

function outputsIn(state: Arrival['state']): string[] {
  return [...state.keys()].filter((key) => key.startsWith('output/'))
}

function refusal(path: string, message: string, wayOut: string): Refused {
  return new Refused(message, [{ class: 'validation', name: 'Refused', path: `edits.${path}`, message, wayOut }])
}
