import type { Json } from '../../../../model/json.ts'
import { isList, isObject } from '../shown/pieces.ts'

const deepest = 6

/** A value of the shape that a schema asks for, with nothing filled in: what somebody begins to write from. */
export function blankOf(schema: Json, depth = 0): Json {
  if (!isObject(schema) || depth > deepest) return null
  const { type, properties, required } = schema
  if ('default' in schema) return schema['default'] ?? null
  if ('const' in schema) return schema['const'] ?? null
  const [names, ways] = [schema['enum'], schema['anyOf'] ?? schema['oneOf']]
  if (names !== undefined && isList(names)) return names[0] ?? null
  if (ways !== undefined && isList(ways)) return blankOf(ways[0] ?? null, depth + 1)
  if (properties !== undefined && isObject(properties)) {
    const wanted = required !== undefined && isList(required) ? required : Object.keys(properties)
    return Object.fromEntries(
      Object.entries(properties).flatMap(([name, member]) => (wanted.includes(name) ? [[name, blankOf(member, depth + 1)]] : [])),
    )
  }
  return typeof type === 'string' ? (blanks[type] ?? null) : null
}

const blanks: Readonly<Record<string, Json>> = { string: '', number: 0, integer: 0, boolean: false, array: [], object: {} }
