import { z } from 'zod'
import { JsonSchema } from '../../../model/json.ts'
import { marksAny } from '../../../model/sensitive/schema-nodes.ts'

type Io = 'input' | 'output'

/**
 * A schema as data. Where JSON Schema has no words for a part (a transform's result), that part is anything. What is made
 * of something sensitive is marked as a whole: where in it that went cannot be known.
 * @throws Error where the schema cannot be read at all
 */
export function jsonSchema(schema: z.core.$ZodType, io: Io): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema: made }) => {
      if (isPipe(zodSchema) && movesMarks(zodSchema, io)) Object.assign(made, { sensitive: true })
    },
  })
  return JsonSchema.parse(JSON.parse(JSON.stringify(rest)))
}

/** True where any part of the schema, on its way in or out, says `.meta({ sensitive: true })`. */
export function isSensitive(schema: z.core.$ZodType): boolean {
  return marksAny(jsonSchema(schema, 'input')) || marksAny(jsonSchema(schema, 'output'))
}

function isPipe(schema: z.core.$ZodType): schema is z.core.$ZodPipe {
  return schema._zod.def.type === 'pipe'
}

/** What is stored is what comes out: of its own schema the places are known, of what went in they are not. */
function movesMarks({ _zod: { def } }: z.core.$ZodPipe, io: Io): boolean {
  return isSensitive(def.in) || (io === 'input' && isSensitive(def.out))
}
