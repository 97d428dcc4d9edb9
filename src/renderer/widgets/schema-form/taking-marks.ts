import type { Json, JsonSchema } from '../../../model/json.ts'
import { marksWhole } from '../../../model/sensitive/schema-nodes.ts'
import { isList, isObject } from './schema.ts'

/** The same schema, but for a mark in the place of what it says is sensitive: only the host knows what stands there. */
export function takingMarks(schema: JsonSchema): JsonSchema {
  const known = taken.get(schema)
  if (known !== undefined) return known
  const inner = Object.fromEntries(Object.entries(schema).map(([name, part]) => [name, within(part)]))
  const made = marksWhole(schema) ? { anyOf: [mark, inner] } : inner
  taken.set(schema, made)
  return made
}

const taken = new WeakMap<JsonSchema, JsonSchema>()
const mark = { type: 'object', required: ['$hidden', 'at'] }

function within(part: Json): Json {
  if (isList(part)) return part.map(within)
  return isObject(part) ? takingMarks(part) : part
}
