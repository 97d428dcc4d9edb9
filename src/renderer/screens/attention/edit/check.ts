/** Whether a value may take its place in a step's output, by the schema that the step declares. */
import { Validator } from '@cfworker/json-schema'
import type { Json, JsonSchema } from '../../../../model/json.ts'
import { takingMarks } from '../../../widgets/schema-form/taking-marks.ts'
import { isObject } from '../shown/pieces.ts'

export interface Misfit {
  /** Below the edited value, as a person writes it: `lines.0.cents`; empty for the value itself. */
  readonly at: string
  readonly message: string
}

/**
 * What the schema of the whole output has against the value at the path. What is wrong elsewhere in the output is
 * no fault of the edit.
 */
export function misfitsOf(schema: JsonSchema | null, output: Json, path: readonly string[], value: Json): readonly Misfit[] {
  if (schema === null) return []
  const { errors } = new Validator(takingMarks(schema), '2020-12', false).validate(withValue(output, path, value))
  const root = path.map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
  const own = errors.flatMap(({ instanceLocation, error, keyword }) => {
    const location = instanceLocation.slice(1)
    const within = location === root || location.startsWith(`${root}/`)
    // These only say that something below them does not fit.
    return within && !carriers.has(keyword) ? [{ at: spoken(location.slice(root.length)), message: error }] : []
  })
  return own.filter(({ at, message }, index) => own.findIndex((each) => each.at === at && each.message === message) === index)
}

const carriers: ReadonlySet<string> = new Set(['properties', 'items', 'prefixItems', 'additionalProperties', '$ref', 'allOf', 'patternProperties'])

function spoken(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join('.')
}

/** The output with the value at the path, as the approval would leave it. */
export function withValue(output: Json, [key, ...rest]: readonly string[], value: Json): Json {
  if (key === undefined) return value
  if (Array.isArray(output)) return output.map((item: Json, index) => (String(index) === key ? withValue(item, rest, value) : item))
  const object = isObject(output) ? output : {}
  return { ...object, [key]: withValue(Object.hasOwn(object, key) ? (object[key] ?? null) : null, rest, value) }
}
