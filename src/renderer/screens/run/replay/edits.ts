/** What may be written anew before a replay begins, and what of it was. */
import { inputKey } from '../../../../model/checkpoint.ts'
import type { Failure } from '../../../../model/failure.ts'
import type { Address, StepId } from '../../../../model/ids.ts'
import type { JsonSchema } from '../../../../model/json.ts'
import type { Manifest, StepManifest } from '../../../../model/manifest.ts'
import type { DefinitionChoice } from '../../../../model/preview.ts'
import type { ReplayEdits } from '../../../../model/replay.ts'
import { nameOfKey, outputOfKey } from '../../../widgets/identity/state-key.ts'
import type { Problem } from '../../../widgets/schema-form/check.ts'
import { pathBelow } from '../../../widgets/schema-form/path.ts'
import { problemsOfWritten } from '../../../widgets/schema-form/written.ts'
import type { PastState } from '../state/past.ts'
import type { Edit, ReplayDraft } from './drafts.ts'

/** A value that a replay takes over. */
export interface Editable {
  readonly key: string
  readonly name: string
  /** Null of the input. */
  readonly output: { readonly step: StepId; readonly iteration: number; readonly isNewest: boolean } | null
  readonly address: Address
  /** The checkpoint that set it. */
  readonly since: number
  readonly schema: JsonSchema | null
  readonly isSensitive: boolean
}

/**
 * The input, then outputs: what was decided is asked anew, and what stood in for a step is the step's own output. `pinned` is the definition
 * of the moment, which may be another than the one that the new run goes by: what is another step there is not taken over.
 */
export function editablesAt({ input, inputSensitive, steps }: Manifest, { values }: PastState, pinned: Manifest): readonly Editable[] {
  const kinds = new Map(pinned.steps.map(({ id, kind }) => [id, kind]))
  const taken = steps.filter(({ id, kind }) => kinds.get(id) === kind)
  const byId = new Map<string, StepManifest>(taken.map((step) => [step.id, step]))
  const standIns = new Set(steps.map(({ fallback }) => fallback))
  const newest = (step: string, iteration: number): boolean => !values.has(`output/${step}/${iteration + 1}`)
  const all = [...values].flatMap(([key, { address, since }]): Editable[] => {
    const shared = { key, name: nameOfKey(key), address, since }
    if (key === inputKey) return [{ ...shared, output: null, schema: input, isSensitive: inputSensitive }]
    const output = outputOfKey(key)
    const step = byId.get(output?.step ?? '')
    if (output === undefined || step === undefined || step.kind === 'approval' || standIns.has(step.id)) return []
    const pass = { step: step.id, iteration: output.iteration, isNewest: newest(output.step, output.iteration) }
    return [{ ...shared, output: pass, schema: step.output, isSensitive: step.sensitive }]
  })
  return all.toSorted((one, other) => Number(one.output !== null) - Number(other.output !== null))
}

/** Values with what is written in their place. */
export type Changed = readonly (readonly [Editable, Edit])[]

/** Those of them that are written otherwise. */
export function changedOf(editables: readonly Editable[], { edits }: Pick<ReplayDraft, 'edits'>): Changed {
  return editables.flatMap((each) => {
    const edit = edits[each.key]
    return edit?.isChange === true ? [[each, edit] as const] : []
  })
}

/** Keys that were edited, but are not taken over where the replay begins. */
export function leftOut(editables: readonly Editable[], { edits }: Pick<ReplayDraft, 'edits'>): readonly string[] {
  const known = new Set(editables.map(({ key }) => key))
  return Object.entries(edits).flatMap(([key, { isChange }]) => (isChange && !known.has(key) ? [key] : []))
}

export const problemsOf = ({ schema }: Editable, edit: Edit): readonly Problem[] => problemsOfWritten(schema, edit)

/** What the host is given; undefined where something is written that does not fit. */
export function asGiven(changed: Changed): ReplayEdits | undefined {
  if (changed.some(([editable, edit]) => problemsOf(editable, edit).length > 0)) return undefined
  const given: ReplayEdits = {}
  for (const [{ output }, { value = null }] of changed) {
    if (output === null) given.input = value
    else (given.outputs ??= []).push({ step: output.step, iteration: output.iteration, value })
  }
  return given
}

export const hasAnotherInput = (changed: Changed): boolean => changed.some(([{ output }]) => output === null)

/** What the workflow refuses of an edit, where it does: failures name `input.to`, or a step and what is below it. */
export function refusalsAt({ output }: Editable, failures: readonly Failure[]): readonly Problem[] {
  const root = output === null ? 'input' : output.step
  return failures.flatMap(({ path: named, message }) => {
    const path = pathBelow(root, named)
    return path === undefined ? [] : [{ path, message }]
  })
}

/** Stands there to be confirmed or written over. */
export function usualReason(checkpoint: number, changed: Changed, definition: DefinitionChoice): string {
  const outputs = changed.flatMap(([{ output, name }]) => (output === null ? [] : [name]))
  const parts = [
    ...(hasAnotherInput(changed) ? ['another input'] : []),
    ...(outputs.length > 0 ? [`${outputs.join(' and ')} edited`] : []),
    ...(definition === 'present' ? ['the definition as it is now'] : []),
  ]
  if (parts.length > 0) return `With ${parts.join(', and with ')}`
  return checkpoint === 0 ? 'The whole run once more' : `Once more from checkpoint ${checkpoint}`
}
