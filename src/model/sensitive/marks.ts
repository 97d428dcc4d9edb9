/** What the definitions that a run has gone by mark as sensitive. */
import { contextKey, inputKey, partsOfKey } from '../checkpoint.ts'
import type { Json, JsonSchema } from '../json.ts'
import type { Manifest, StepManifest } from '../manifest.ts'
import { sensitivePlaces } from './hide.ts'
import { marksAny } from './schema-nodes.ts'
import { textsIn } from './scrub.ts'

/** What a workflow's values are held against; no schema where there is none. */
export interface Marks {
  readonly input: readonly JsonSchema[]
  readonly context: readonly JsonSchema[]
  /** By step. */
  readonly outputs: ReadonlyMap<string, readonly JsonSchema[]>
}

type Marking = Pick<Manifest, 'input' | 'inputSensitive' | 'context' | 'steps'>

/** Null where nothing is marked. */
export function marksOf(manifests: readonly Marking[]): Marks | null {
  if (!manifests.some(marksSomething)) return null
  const outputs = new Map<string, JsonSchema[]>()
  for (const { steps } of manifests) {
    for (const step of steps) outputs.set(step.id, [...(outputs.get(step.id) ?? []), ...outputSchemas(steps, step)])
  }
  return {
    input: manifests.map(({ input, inputSensitive }) => told(input, inputSensitive)),
    context: manifests.map(({ context }) => context),
    outputs,
  }
}

/** The schemas that the value of a state's key is held against (`model/checkpoint.ts`). */
export function schemasAt({ input, context, outputs }: Marks, key: string): readonly JsonSchema[] {
  if (key === inputKey) return input
  if (key === contextKey) return context
  const { step } = partsOfKey(key)
  return (step === null ? undefined : outputs.get(step)) ?? []
}

/** What of a value is sensitive, as texts that may stand in another. */
export function sensitiveTexts(schemas: readonly JsonSchema[], value: Json): string[] {
  return sensitivePlaces(schemas, value).flatMap((place) => [...textsIn(place.value), ...place.names])
}

/** What a function of a definition is given. */
interface View {
  readonly input: Json
  readonly context: Json
  readonly outputs: Readonly<Record<string, Json>>
  readonly iterations: Readonly<Record<string, readonly Json[]>>
}

/** The same of all that a function of a definition is given. */
export function textsInView(marks: Marks, { input, context, outputs, iterations }: View): string[] {
  const ofStep = (step: string, values: readonly Json[]): string[] => {
    return values.flatMap((value) => sensitiveTexts(marks.outputs.get(step) ?? [], value))
  }
  return [
    ...sensitiveTexts(marks.input, input),
    ...sensitiveTexts(marks.context, context),
    ...Object.entries(outputs).flatMap(([step, output]) => ofStep(step, [output])),
    ...Object.entries(iterations).flatMap(([step, passes]) => ofStep(step, passes)),
  ]
}

function marksSomething({ inputSensitive, context, steps }: Marking): boolean {
  return inputSensitive || marksAny(context) || steps.some(({ sensitive }) => sensitive)
}

/** A fallback's output becomes that of the step that it stands in for: each is held against what both say. */
function outputSchemas(steps: readonly StepManifest[], step: StepManifest): JsonSchema[] {
  const standIns = leading(step, ({ fallback }) => steps.filter(({ id }) => id === fallback))
  const primaries = leading(step, ({ id }) => steps.filter(({ fallback }) => fallback === id))
  return [...new Set([...standIns, ...primaries])].flatMap(ownSchema)
}

/** The step and all that it leads to. */
function* leading(step: StepManifest, next: (step: StepManifest) => readonly StepManifest[], seen: Set<StepManifest> = new Set()): Generator<StepManifest> {
  if (seen.has(step)) return
  seen.add(step)
  yield step
  for (const other of next(step)) yield* leading(other, next, seen)
}

function ownSchema({ kind, output, sensitive }: StepManifest): JsonSchema[] {
  // What a program printed may be anything, whatever is known of the form that it is kept in: no schema speaks of it.
  const isPrinted = kind === 'shell' && !sensitive
  return output === null || isPrinted ? [] : [told(output, sensitive)]
}

/** Where it is known that something is marked, but not in words of a JSON Schema, all of it is. */
function told(schema: JsonSchema, sensitive: boolean): JsonSchema {
  return sensitive && !marksAny(schema) ? { sensitive: true } : schema
}
