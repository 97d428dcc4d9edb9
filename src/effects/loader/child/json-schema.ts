import { z } from 'zod'
import { JsonSchema, type Json } from '../../../model/json.ts'

/**
 * A schema as data. Where JSON Schema has no words for a part (a transform's result), that part is anything.
 * @throws Error where the schema cannot be read at all
 */
export function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return JsonSchema.parse(JSON.parse(JSON.stringify(rest)))
}

/** True where any part of the schema, on its way in or out, says `.meta({ sensitive: true })`. */
export function isSensitive(schema: z.ZodType): boolean {
  return says(jsonSchema(schema, 'input')) || says(jsonSchema(schema, 'output'))
}

function says(value: Json): boolean {
  if (typeof value !== 'object' || value === null) return false
  return Object.entries<Json>(value).some(([key, item]) => (key === 'sensitive' && item === true) || says(item))
}
