/** A value with all in it that a schema gives by itself. */
import type { Json, JsonSchema } from '../../../model/json.ts'
import { fieldOf } from './field.ts'
import { deepest, isList, isObject } from './schema.ts'

interface Filling {
  readonly root: JsonSchema
  readonly required: boolean
  readonly depth: number
}

/**
 * Fills in defaults and constants, and the objects and lists that have to be there. What the value has already stays
 * as it is; what only a person can know stays open.
 */
export function filled(schema: JsonSchema, value: Json | undefined, root: JsonSchema): Json | undefined {
  return fill(schema, value, { root, required: true, depth: 0 })
}

function fill(given: JsonSchema, value: Json | undefined, { root, required, depth }: Filling): Json | undefined {
  if (depth > deepest) return value
  const field = fieldOf(given, root)
  const start = value ?? (value === undefined ? field.schema['default'] : value)
  const into = (schema: JsonSchema, part: Json | undefined, isRequired: boolean): Json | undefined =>
    fill(schema, part, { root, required: isRequired, depth: depth + 1 })
  if (start === undefined && !required) return undefined
  switch (field.kind) {
    case 'constant':
      return start ?? field.value
    case 'boolean':
      return start ?? false
    case 'object': {
      if (start !== undefined && !isObject(start)) return start
      const parts = field.members.flatMap(({ name, schema, required: isRequired }) => {
        const part = into(schema, start?.[name], isRequired)
        return part === undefined ? [] : [[name, part] as const]
      })
      return { ...start, ...Object.fromEntries(parts) }
    }
    case 'list': {
      if (start !== undefined) return isList(start) ? start.map((item) => into(field.item, item, true) ?? null) : start
      return Array.from({ length: Math.min(field.least, 8) }, () => blankItem(field.item, root))
    }
    case 'tuple':
      return field.items.map((item, index) => into(item, isList(start) ? start[index] : undefined, true) ?? null)
    default:
      return start
  }
}

/** What a new item of a list begins as. */
export function blankItem(schema: JsonSchema, root: JsonSchema): Json {
  return filled(schema, undefined, root) ?? (fieldOf(schema, root).kind === 'text' ? '' : null)
}
