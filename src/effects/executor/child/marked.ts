/** What a schema of the definition marks as sensitive of a value that it is given, whether it takes that or not. */
import type { z } from 'zod'
import type { Json, JsonSchema } from '../../../model/json.ts'
import { sensitiveTexts } from '../../../model/sensitive/marks.ts'
import { marksAny } from '../../../model/sensitive/schema-nodes.ts'
import { jsonSchema } from '../../loader/child/json-schema.ts'

const known = new WeakMap<z.ZodType, readonly JsonSchema[]>()

/** A schema as data, as it takes values and as it makes them; none where it marks nothing. */
export function marksOfSchema(schema: z.ZodType): readonly JsonSchema[] {
  const found = known.get(schema)
  if (found !== undefined) return found
  const read = [jsonSchema(schema, 'input'), jsonSchema(schema, 'output')]
  const marking = read.some(marksAny) ? read : []
  known.set(schema, marking)
  return marking
}

/** As texts that may stand in another. */
export function textsMarked(schema: z.ZodType | undefined, value: unknown): string[] {
  const schemas = schema === undefined ? [] : marksOfSchema(schema)
  return schemas.length === 0 ? [] : sensitiveTexts(schemas, copied(value))
}

/** The value as far as it is JSON: a schema may be given anything. */
function copied(value: unknown, above: readonly object[] = []): Json {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  if (typeof value === 'bigint' || value instanceof Date) return String(value)
  if (typeof value !== 'object' || above.includes(value)) return null
  const within = [...above, value]
  if (Array.isArray(value)) return value.map((item: unknown) => copied(item, within))
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, copied(item, within)]))
}
