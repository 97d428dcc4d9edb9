import { isDeepStrictEqual } from 'node:util'
import type { Answer, Question, StateValue } from '../../../../engine/ports.ts'
import { contextKey, inputKey } from '../../../../model/checkpoint.ts'
import type { Failure } from '../../../../model/failure.ts'
import type { Json } from '../../../../model/json.ts'
import type { Definition } from '../../../../sdk/definition.ts'
import { failuresOf } from '../failure.ts'
import { Invalid, objection } from '../invalid.ts'
import { asJson } from '../json.ts'
import { makesAnother } from '../makes-another.ts'
import { outputSchemaOf } from '../output-schema.ts'
import { validate } from '../validate.ts'

type Migrate = Extract<Question, { type: 'migrate' }>

/** What a migration is given and answers. */
type State = {
  readonly input: Json
  readonly context: Json
  readonly outputs: Readonly<Record<string, Json>>
  readonly iterations: Readonly<Record<string, Json>>
}

/** A value, and where a migration finds it: `outputs.draft`, `iterations.draft.0`. */
interface Placed extends StateValue {
  readonly path: string
}

/**
 * Leads the values of a run's state through every migration from their version to this one, and holds them against the
 * definition. What no migration has changed, and fits already by the shape of its schema, is left as it is: a schema that
 * transforms would do so twice. Whether the schema's own code takes it is asked all the same, where that does not transform.
 */
export async function migrate(definition: Definition, { from, values }: Migrate): Promise<Answer> {
  const given = placed(values)
  const state = await led(definition, from, stateOf(given))
  const failures = added(definition, given, state)
  const changed = []
  for (const place of given.filter(({ stays }) => stays)) {
    try {
      const value = await heldAgainst(definition, from, place, at(state, place.path))
      if (!isDeepStrictEqual(value, place.value)) changed.push({ key: place.key, value })
    } catch (error) {
      failures.push(...failuresOf(error))
    }
  }
  return failures.length > 0 ? { type: 'refused', failures } : { type: 'migrated', changed }
}

function placed(values: readonly StateValue[]): Placed[] {
  const earlier = new Map<string, number>()
  return values.map((value) => {
    const { step, isLatest, key } = value
    if (step === null) return { ...value, path: key }
    if (isLatest) return { ...value, path: `outputs.${step}` }
    const index = earlier.get(step) ?? 0
    earlier.set(step, index + 1)
    return { ...value, path: `iterations.${step}.${index}` }
  })
}

function stateOf(given: readonly Placed[]): State {
  const iterations = Map.groupBy(given.filter(({ step, isLatest }) => step !== null && !isLatest), ({ step }) => step ?? '')
  return {
    input: given.find(({ key }) => key === inputKey)?.value ?? null,
    context: given.find(({ key }) => key === contextKey)?.value ?? null,
    outputs: Object.fromEntries(given.flatMap(({ step, isLatest, value }) => (step !== null && isLatest ? [[step, value]] : []))),
    iterations: Object.fromEntries([...iterations].map(([step, values]) => [step, values.map(({ value }) => value)])),
  }
}

/** @throws Invalid */
async function led({ name, version, migrations }: Definition, from: number, given: State): Promise<State> {
  let state = given
  for (let each = from; each < version; each += 1) {
    const migration = migrations.find((one) => one.from === each)
    if (migration === undefined) throw new TypeError(`workflow ${name} has no migration from version ${each}`)
    try {
      // A migration may write into what it is given.
      state = stateIn(await migration.migrate(structuredClone(state)), each)
    } catch (error) {
      throw error instanceof Invalid ? error : thrownBy(each, error)
    }
  }
  return state
}

function thrownBy(version: number, error: unknown): Invalid {
  const [first, ...more] = failuresOf(error)
  const wayOut = 'mend the migration, or go on with the pinned revision'
  const message = `the migration from version ${version} threw: ${first.message}`
  return new Invalid([{ ...first, path: first.path ?? `migrate(${version})`, message, wayOut }, ...more])
}

/** What a migration answered. @throws Invalid, NotJson */
function stateIn(answer: unknown, version: number): State {
  const part = (name: string): Json => {
    const value: unknown = typeof answer === 'object' && answer !== null ? Reflect.get(answer, name) : undefined
    if (value !== undefined) return asJson(value, name)
    throw new Invalid([objection(name, `the migration from version ${version} answered no ${name}`, 'return { ...state, … } with what becomes another')])
  }
  const record = (name: string): Readonly<Record<string, Json>> => {
    const value = part(name)
    if (isRecord(value)) return value
    throw new Invalid([objection(name, `the migration from version ${version} answered no object as ${name}`, `return { ...state.${name}, … }`)])
  }
  return { input: part('input'), context: part('context'), outputs: record('outputs'), iterations: record('iterations') }
}

/** A step that has not run yet runs: what it answers cannot be written beforehand. */
function added({ steps }: Definition, given: readonly Placed[], { outputs, iterations }: State): Failure[] {
  const known = new Set(given.map(({ path }) => path))
  const paths = steps.flatMap(({ id }) => [
    ...(outputs[id] === undefined ? [] : [`outputs.${id}`]),
    ...Object.keys(iterations[id] ?? []).map((index) => `iterations.${id}.${index}`),
  ])
  const wayOut = 'change only outputs that are there: a step that has none yet runs'
  return paths.filter((path) => !known.has(path)).map((path) => objection(path, `a migration wrote ${path}, of which there is none at this checkpoint`, wayOut))
}

/** @throws Invalid */
async function heldAgainst(definition: Definition, from: number, place: Placed, value: Json | undefined): Promise<Json> {
  const { path, value: before, fits, isEdited } = place
  if (isEdited) return value === undefined ? before : value
  if (value === undefined) throw new Invalid([objection(path, `a migration lost ${path}, though its step has completed`, 'return it, as it was or as another')])
  const schema = schemaOf(definition, place)
  if (schema === undefined) return value
  const isLeft = fits && isDeepStrictEqual(value, before)
  if (isLeft && makesAnother(schema)) return value
  const made = await validate(schema, value, path, wayOutOf(definition, from, place))
  return isLeft ? value : made
}

function schemaOf({ input, context, steps }: Definition, { key, speaker }: Placed) {
  if (key === inputKey) return input
  if (key === contextKey) return context
  const step = steps.find(({ id }) => id === speaker)
  return step === undefined ? undefined : outputSchemaOf(step)
}

function wayOutOf({ name, version }: Definition, from: number, { step, via, speaker }: Placed): string {
  const isLost = via !== null && via !== speaker
  const why = isLost ? `${via} made it, which stands in for ${step} no more: ` : ''
  const way = from < version ? `mend the migration to version ${version}` : `raise the version of ${name} and write .migrate(${from}, …)`
  return `${why}${way}, or go on with the pinned revision`
}

/** Where the path leads: `outputs.draft`. Ids of steps hold no dot. */
function at(state: Readonly<Record<string, Json>>, path: string): Json | undefined {
  return path.split('.').reduce<Json | undefined>((value, name) => (value === undefined ? undefined : entriesOf(value).get(name)), state)
}

function entriesOf(value: Json): ReadonlyMap<string, Json> {
  return new Map(typeof value === 'object' && value !== null ? Object.entries<Json>(value) : [])
}

function isRecord(value: Json): value is Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
