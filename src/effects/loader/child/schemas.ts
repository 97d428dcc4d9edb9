import type { JsonSchema } from '../../../model/json.ts'
import { ShellOutput } from '../../../model/program.ts'
import type { Finding } from '../definition-error.ts'
import { isSensitive, jsonSchema } from './json-schema.ts'
import { isSchema } from './definition-shape.ts'
import type { LooseDefinition } from './loose-definition.ts'
import { mayHave } from './schema-path.ts'

export interface ReadSchema {
  readonly json: JsonSchema
  readonly sensitive: boolean
}

export interface ReadSchemas {
  readonly input: ReadSchema | undefined
  readonly context: ReadSchema | undefined
  /** Of steps that have one. */
  readonly outputs: ReadonlyMap<string, ReadSchema>
  readonly findings: readonly Finding[]
}

/** Gives the schemas of a definition as data, and checks what other parts of it say of them. */
export function readSchemas({ input, context, steps }: LooseDefinition): ReadSchemas {
  const findings: Finding[] = []
  const read = (schema: unknown, io: 'input' | 'output', path: string, step: string | null = null) => {
    if (!isSchema(schema)) return undefined
    try {
      return { json: jsonSchema(schema, io), sensitive: isSensitive(schema) }
    } catch (error) {
      const what = step === null ? path : `step ${step}: output`
      const message = `${what} cannot be given as JSON Schema: ${error instanceof Error ? error.message : String(error)}`
      findings.push({ code: 'bad_schema', message, wayOut: "use a schema of zod 4, best the z of 'cairn'", step, path })
      return undefined
    }
  }
  const outputs = new Map<string, ReadSchema>()
  for (const { id, kind, output, sensitive } of steps) {
    const ofKind = kind === 'shell' ? ShellOutput.meta({ sensitive }) : output
    const schema = read(ofKind, 'output', `steps.${id}.output`, id)
    if (schema !== undefined) outputs.set(id, schema)
  }
  const whole = { input: read(input, 'input', 'input'), context: read(context, 'input', 'context') }
  return { ...whole, outputs, findings: [...findings, ...steps.flatMap((step) => wrongEdit(step, outputs) ?? [])] }
}

/** An edit of what the schema of its target says cannot be there. */
function wrongEdit(
  { id, edits }: LooseDefinition['steps'][number],
  outputs: ReadonlyMap<string, ReadSchema>,
): Finding | undefined {
  const target = edits === null ? undefined : outputs.get(edits.step)
  if (edits === null || target === undefined || mayHave(target.json, edits.path)) return undefined
  const path = edits.path.join('.')
  return {
    code: 'bad_edit_path',
    message: `step ${id} edits ${edits.step}.${path}, but the output schema of ${edits.step} has no ${path}`,
    wayOut: `name a path that is there, or add it to the output schema of ${edits.step}`,
    step: id,
    path: `steps.${id}.edits`,
  }
}
