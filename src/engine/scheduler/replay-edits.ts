/** What a person writes anew before a replay begins, held against the definition. */
import { Refused } from '../../model/control-errors.ts'
import { inputKey, outputKey } from '../../model/checkpoint.ts'
import type { Address, StepId } from '../../model/ids.ts'
import type { Json } from '../../model/json.ts'
import type { Edited, ReplayEdits } from '../../model/replay.ts'
import type { StepManifest } from '../../model/manifest.ts'
import type { Graph } from '../planner/graph.ts'
import { type Marks, marksOf, schemasAt, sensitiveTexts } from '../../model/sensitive/marks.ts'
import { scrubber } from '../../model/sensitive/scrub.ts'
import { addressAt, factAt } from '../planner/restoration.ts'
import { type EditedKeys, givenOf } from '../planner/replay.ts'
import type { Moment, Ports, SealedValue } from '../ports.ts'
import type { RunState } from '../state/run-state.ts'
import { meaning } from './meaning.ts'
import { begunWith } from './prepare.ts'
import { vouchedFor } from './vouching.ts'

/** A value before and after, ready to be stored. */
export interface SealedEdit extends Edited {
  readonly sealed: SealedValue
}

export function keysOf(edits: readonly SealedEdit[]): EditedKeys {
  return new Map(edits.map(({ key, sealed }) => [key, sealed.address]))
}

/**
 * The edits as the definition's schemas make them. `source` is the run that is replayed.
 * @throws Refused, ValueRefused, Unavailable, CorruptionFound
 */
export async function sealEdits(ports: Ports, source: RunState, moment: Moment, edits: ReplayEdits): Promise<SealedEdit[]> {
  const { input, outputs = [] } = edits
  if (input !== undefined && outputs.length > 0) {
    throw refusal('outputs', 'with another input every step runs again: no output is taken over', 'edit the input alone, or outputs alone')
  }
  const editor = new Editor(ports, source, moment)
  if (input !== undefined) return [await editor.input(input)]
  const targets = outputs.map((output, at) => editor.target(output, `outputs.${at}`))
  const again = targets.find(({ key }, at) => targets.findIndex((other) => other.key === key) < at)
  if (again !== undefined) {
    throw refusal(`outputs.${targets.indexOf(again)}`, `${again.key} is edited twice`, 'leave all but one of them out')
  }
  return Promise.all(targets.map((target) => editor.output(target)))
}

interface Target {
  readonly manifest: StepManifest
  readonly key: string
  readonly before: Address
  readonly value: Json
  /** What refusals call the value. */
  readonly path: string
}

class Editor {
  readonly #ports: Ports
  readonly #source: RunState
  readonly #moment: Moment

  constructor(ports: Ports, source: RunState, moment: Moment) {
    this.#ports = ports
    this.#source = source
    this.#moment = moment
  }

  /** What the checkpoint's branch goes by, which may be another definition than the run's. */
  get #graph(): Graph {
    return this.#source.graphs(this.#moment.pinned.revision)
  }

  /** The context stays as it is: the definition is only asked about the input. */
  async input(value: Json): Promise<SealedEdit> {
    const { lineage, record: { workflow, correlation } } = this.#source
    const { storage, execution } = this.#ports
    const { revision } = this.#moment.pinned
    const given = givenOf(this.#moment, new Map())
    const context = storage.value(lineage.id, given.context)
    const before = storage.value(lineage.id, given.input)
    const input = this.#meaning(value, before, inputKey, 'edits.input')
    const { input: after } = await begunWith(execution, { revision, workflow, correlation }, { input, context })
    return { key: inputKey, before, after, sealed: storage.seal(lineage, after, this.#graph.manifest.inputSensitive) }
  }

  /** @throws Refused where no such output is taken over */
  target({ step, iteration, value }: NonNullable<ReplayEdits['outputs']>[number], path: string): Target {
    const graph = this.#graph
    const { checkpoint, state } = this.#moment
    const manifest = graph.steps.get(step)
    if (manifest === undefined) throw refusal(`${path}.step`, `there is no step ${step}`, `a step is one of ${graph.order.join(', ')}`)
    if (manifest.kind === 'approval') {
      throw refusal(`${path}.step`, `what was decided at ${step} is no output to be written`, `replay from before ${step}: it is asked anew`)
    }
    const primary = graph.primaryOf.get(step)
    if (primary !== undefined) {
      throw refusal(`${path}.step`, `${step} only stands in for ${primary}`, `edit the output of ${primary}`)
    }
    const key = outputKey(step, iteration ?? factAt(state, step).iteration)
    const before = addressAt(state, key)
    if (before !== null) return { manifest, key, before, value, path: `edits.${path}.value` }
    const message = `${named(step, iteration)} had no output at checkpoint ${checkpoint.number}`
    throw refusal(path, message, `edit one of ${outputsIn(state).join(', ') || 'a later checkpoint'}`)
  }

  async output({ manifest: { id: step, sensitive }, key, before: address, value, path }: Target): Promise<SealedEdit> {
    const { lineage, record: { correlation } } = this.#source
    const { storage, execution } = this.#ports
    const { revision } = this.#moment.pinned
    const before = storage.value(lineage.id, address)
    const output = this.#meaning(value, before, key, path)
    const after = await vouchedFor(execution, { revision, correlation }, { step, output })
    return { key, before, after, sealed: storage.seal(lineage, after, sensitive) }
  }

  /** @throws Refused */
  #meaning(value: Json, before: Json, key: string, path: string): Json {
    const marks = marksOf([this.#graph.manifest])
    if (marks === null) return meaning(value, null, path)
    return meaning(value, { whole: before, path: [], schemas: schemasAt(marks, key), scrub: scrubber(this.#texts(marks)) }, path)
  }

  /** What is sensitive at the checkpoint: it was taken out of the texts that were shown. */
  #texts(marks: Marks): string[] {
    const { lineage } = this.#source
    return [...this.#moment.state].flatMap(([key, held]) => {
      return 'address' in held ? sensitiveTexts(schemasAt(marks, key), this.#ports.storage.value(lineage.id, held.address)) : []
    })
  }
}

function named(step: StepId, iteration: number | undefined): string {
  return iteration === undefined ? step : `iteration ${iteration} of ${step}`
}

function outputsIn(state: Moment['state']): string[] {
  return [...state.keys()].filter((key) => key.startsWith('output/'))
}

function refusal(path: string, message: string, wayOut: string): Refused {
  return new Refused(message, [{ class: 'validation', name: 'Refused', path: `edits.${path}`, message, wayOut }])
}
