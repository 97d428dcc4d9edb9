/** A JSON Schema (draft 2020-12) as forms and checks read it: references followed, intersections made one. */
import type { Json, JsonSchema } from '../../../model/json.ts'

/** Deeper than any schema that a person fills in; a reference that leads to itself ends here. */
export const deepest = 16

export type JsonObject = { readonly [key: string]: Json }

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

/** The schema itself, without `$ref` and `allOf` at its top. What stands beside a reference goes before what it leads to. */
export function resolved(schema: Json | undefined, root: JsonSchema, depth = 0): JsonSchema {
  if (!isObject(schema) || depth > deepest) return {}
  const { $ref, allOf, ...own } = schema
  const parts = [typeof $ref === 'string' ? target($ref, root) : undefined, ...(isList(allOf) ? allOf : [])]
  return [...parts.map((part) => resolved(part, root, depth + 1)), own].reduce(together)
}

function together(one: JsonObject, other: JsonObject): JsonObject {
  const both = { ...one, ...other }
  const properties = { ...membersOf(one), ...membersOf(other) }
  const required = [...new Set([...requiredOf(one), ...requiredOf(other)])]
  return {
    ...both,
    ...(Object.keys(properties).length > 0 && { properties }),
    ...(required.length > 0 && { required }),
  }
}

/** Where `#/$defs/address` leads within the root. */
function target(ref: string, root: JsonSchema): Json | undefined {
  const parts = ref.replace(/^#\/?/, '').split('/').filter((part) => part !== '')
  return parts.reduce<Json | undefined>((at, part) => {
    const key = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~')
    return isObject(at) ? at[key] : undefined
  }, root)
}

export function membersOf({ properties }: JsonObject): JsonObject {
  return isObject(properties) ? properties : {}
}

export function requiredOf({ required }: JsonObject): readonly string[] {
  return isList(required) ? required.filter((name) => typeof name === 'string') : []
}

/** The schemas of which a value has to fit one, several types counted as such; undefined where there is no such choice. */
export function optionsOf(schema: JsonObject): readonly Json[] | undefined {
  const options = schema['oneOf'] ?? schema['anyOf']
  if (isList(options)) return options
  const { type } = schema
  if (!isList(type) || 'enum' in schema) return undefined
  const rest = without(schema, ['title', 'description', 'default'])
  return type.map((each) => ({ ...rest, type: each }))
}

/** The object without some of its keys. */
export function without(object: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)))
}

export function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}

export function numberOf(value: Json | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined
}
