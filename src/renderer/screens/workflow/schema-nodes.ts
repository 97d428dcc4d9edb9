import type { JsonSchema } from '../../../model/json.ts'
import { type Field, fieldOf, wordOf } from '../../widgets/schema-form/field.ts'
import { spoken } from '../../widgets/schema-form/words.ts'

export interface SchemaNode {
  readonly name: string
  readonly type: string
  readonly required: boolean
  readonly description: string | undefined
  readonly parts: readonly SchemaNode[]
}

/** A schema that refers to itself is written out so far. */
const deepest = 5

export function schemaNodes(schema: JsonSchema): readonly SchemaNode[] {
  const { parts, ...own } = nodeOf('value', schema, true, schema, 0)
  return parts.length > 0 && fieldOf(schema, schema).kind === 'object' ? parts : [{ ...own, parts }]
}

function nodeOf(name: string, schema: JsonSchema, required: boolean, root: JsonSchema, depth: number): SchemaNode {
  const field = fieldOf(schema, root)
  const parts = depth > deepest ? [] : partsOf(field, root, depth + 1)
  return { name, type: typeOf(field, root), required, description: field.description ?? (field.title === spoken(name) ? undefined : field.title), parts }
}

function partsOf(field: Field, root: JsonSchema, depth: number): readonly SchemaNode[] {
  switch (field.kind) {
    case 'object': {
      const members = field.members.map(({ name, schema, required }) => nodeOf(name, schema, required, root, depth))
      return field.rest === undefined || Object.keys(field.rest).length === 0 ? members : [...members, nodeOf('any other name', field.rest, false, root, depth)]
    }
    case 'list': {
      const item = fieldOf(field.item, root)
      return partsOf(item, root, depth)
    }
    case 'tuple':
      return field.items.map((item, index) => nodeOf(String(index + 1), item, true, root, depth))
    case 'union':
      return field.options.map(({ schema, word }) => ({ ...nodeOf(word, schema, false, root, depth), description: undefined }))
    default:
      return []
  }
}

function typeOf(field: Field, root: JsonSchema): string {
  switch (field.kind) {
    case 'text':
      return field.format === undefined ? 'text' : `text, ${field.format}`
    case 'number':
      return field.isWhole ? 'whole number' : 'number'
    case 'boolean':
      return 'yes or no'
    case 'choice':
      return `one of ${field.choices.map(({ word }) => word).join(', ')}`
    case 'constant':
      return `always ${wordOf(field.value)}`
    case 'object':
      return 'object'
    case 'list':
      return `list of ${typeOf(fieldOf(field.item, root), root)}`
    case 'tuple':
      return 'list of so many'
    case 'union':
      return 'one of'
    case 'anything':
      return 'anything'
  }
}
