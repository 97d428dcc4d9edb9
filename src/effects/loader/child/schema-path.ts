import { z } from 'zod'
import { Json, type JsonSchema } from '../../../model/json.ts'

/** The keywords by which a JSON Schema says what a value may hold. */
const Keywords = z.object({
  $ref: z.string().optional(),
  type: z.string().optional(),
  properties: z.record(z.string(), Json).optional(),
  additionalProperties: Json.optional(),
  prefixItems: z.array(Json).optional(),
  items: Json.optional(),
  anyOf: z.array(Json).default([]),
  oneOf: z.array(Json).default([]),
  allOf: z.array(Json).default([]),
})
type Keywords = z.infer<typeof Keywords>

/** True where a value that fits the schema may have something at the path. */
export function mayHave(schema: JsonSchema, path: readonly string[]): boolean {
  return has(schema, path, schema)
}

function has(schema: Json | undefined, path: readonly string[], root: JsonSchema): boolean {
  if (schema === undefined || schema === false) return false
  const [name, ...rest] = path
  if (name === undefined || schema === true) return true
  const node = Keywords.parse(schema)
  if (node.$ref !== undefined) return has(referred(node.$ref, root), path, root)
  const branches = [...node.anyOf, ...node.oneOf, ...node.allOf]
  if (branches.length > 0) return branches.some((branch) => has(branch, path, root))
  return has(/^\d+$/.test(name) && node.type === 'array' ? itemOf(node, Number(name)) : propertyOf(node, name), rest, root)
}

function itemOf({ prefixItems, items }: Keywords, index: number): Json {
  return prefixItems?.[index] ?? items ?? prefixItems === undefined
}

function propertyOf({ type = 'object', properties = {}, additionalProperties }: Keywords, name: string): Json | undefined {
  if (type !== 'object') return undefined
  return Object.hasOwn(properties, name) ? properties[name] : (additionalProperties ?? Object.keys(properties).length === 0)
}

/** What a reference within the schema leads to: `#` or `#/$defs/name`. */
function referred(reference: string, root: JsonSchema): Json | undefined {
  const names = reference.split('/').slice(1)
  return names.reduce<Json | undefined>((node, name) => {
    const object = z.record(z.string(), Json).safeParse(node).data
    return object?.[name.replaceAll('~1', '/').replaceAll('~0', '~')]
  }, root)
}
