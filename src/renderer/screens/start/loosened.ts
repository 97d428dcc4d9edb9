import type { Json, JsonSchema } from '../../../model/json.ts'
import { isObject, membersOf, resolved } from '../../widgets/schema-form/schema.ts'

/** The schema with nothing required: of a context that the workflow completes a caller may give any part. */
export function loosened(schema: JsonSchema, root: JsonSchema = schema, depth = 0): JsonSchema {
  const own = resolved(schema, root)
  if (depth > 4 || own['type'] !== 'object') return own
  const { required: _, ...rest } = own
  const members = Object.entries(membersOf(own)).map(([name, member]): readonly [string, Json] => {
    return [name, isObject(member) ? loosened(member, root, depth + 1) : member]
  })
  return members.length === 0 ? rest : { ...rest, properties: Object.fromEntries<Json>(members) }
}
