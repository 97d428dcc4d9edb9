/** What is different between two values, or two states of a run: structural, by key. */
import type { StepFact } from './checkpoint.ts'
import type { Json } from './json.ts'
import { isHidden } from './sensitive/hidden.ts'
import type { RunState } from './views.ts'

/** A place at which they differ; the items of a list are named by their index. */
export type Difference = { readonly path: readonly string[] } & (
  | { readonly kind: 'added'; readonly after: Json }
  | { readonly kind: 'removed'; readonly before: Json }
  | { readonly kind: 'changed'; readonly before: Json; readonly after: Json }
)

/** Every place at which two values differ, in the order of their keys, first those of the value before. */
export function differences(before: Json, after: Json): Difference[] {
  return [...within([], before, after)]
}

/** The same of two states: of input, context, outputs and what each step had come to. */
export function stateDifferences(before: RunState, after: RunState): Difference[] {
  return differences(contentOf(before), contentOf(after))
}

type Entries = ReadonlyMap<string, Json>

function* within(path: readonly string[], before: Json, after: Json): Generator<Difference> {
  const [old, fresh] = [entriesOf(before), entriesOf(after)]
  if (old === undefined || fresh === undefined || Array.isArray(before) !== Array.isArray(after)) {
    if (!isSame(before, after)) yield { path, kind: 'changed', before, after }
    return
  }
  for (const key of new Set([...old.keys(), ...fresh.keys()])) yield* at([...path, key], old.get(key), fresh.get(key))
}

function* at(path: readonly string[], before: Json | undefined, after: Json | undefined): Generator<Difference> {
  if (before === undefined && after !== undefined) yield { path, kind: 'added', after }
  else if (before !== undefined && after === undefined) yield { path, kind: 'removed', before }
  else if (before !== undefined && after !== undefined) yield* within(path, before, after)
}

/** Of what is hidden it is known whether it is the same. */
function isSame(before: Json, after: Json): boolean {
  return isHidden(before) && isHidden(after) ? before.is === after.is : before === after
}

/** What a value holds, by key; undefined where it holds nothing but itself. */
function entriesOf(value: Json): Entries | undefined {
  return typeof value === 'object' && value !== null && !isHidden(value) ? new Map<string, Json>(Object.entries(value)) : undefined
}

function contentOf({ input, context, outputs, steps }: RunState): Json {
  const passes = Object.entries(outputs).map(([step, all]) => {
    return [step, Object.fromEntries(all.map(({ iteration, output }) => [iteration, output]))] as const
  })
  const facts = Object.entries(steps).map(([step, fact]) => [step, told(fact)] as const)
  return { input, context, outputs: Object.fromEntries(passes), steps: Object.fromEntries(facts) }
}

function told(fact: StepFact): Json {
  return Object.fromEntries(Object.entries(fact).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])))
}
