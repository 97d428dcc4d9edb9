/** What a person is asked for by a schema: one kind of field, with all that its component needs. */
import type { Json, JsonSchema } from '../../../model/json.ts'
import { deepest, isList, isObject, membersOf, numberOf, optionsOf, requiredOf, resolved, textOf } from './schema.ts'
import { spoken } from './words.ts'

interface Said {
  readonly schema: JsonSchema
  readonly title: string | undefined
  readonly description: string | undefined
  /** Shown in an empty input. */
  readonly example: string | undefined
}

export interface Choice {
  readonly value: Json
  readonly word: string
}

export interface Member {
  readonly name: string
  readonly schema: JsonSchema
  readonly required: boolean
}

export interface UnionOption {
  readonly schema: JsonSchema
  readonly word: string
}

type Kind =
  | { readonly kind: 'text'; readonly format: string | undefined; readonly isLong: boolean }
  | { readonly kind: 'number'; readonly isWhole: boolean }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'choice'; readonly choices: readonly Choice[] }
  | { readonly kind: 'constant'; readonly value: Json }
  | { readonly kind: 'object'; readonly members: readonly Member[]; readonly rest: JsonSchema | undefined }
  | { readonly kind: 'list'; readonly item: JsonSchema; readonly least: number; readonly most: number }
  | { readonly kind: 'tuple'; readonly items: readonly JsonSchema[] }
  | { readonly kind: 'union'; readonly options: readonly UnionOption[] }
  /** Anything that JSON can write down. */
  | { readonly kind: 'anything' }

export type Field = Said & Kind
export type FieldOf<K extends Field['kind']> = Extract<Field, { kind: K }>

export function fieldOf(given: JsonSchema, root: JsonSchema): Field {
  const schema = resolved(given, root)
  const [example] = isList(schema['examples']) ? schema['examples'] : []
  const said = { schema, title: textOf(schema['title']), description: textOf(schema['description']) }
  return { ...said, example: typeof example === 'string' || typeof example === 'number' ? String(example) : undefined, ...kindOf(schema, root) }
}

function kindOf(schema: JsonSchema, root: JsonSchema): Kind {
  if ('const' in schema) return { kind: 'constant', value: schema['const'] ?? null }
  const choices = choicesOf(schema)
  if (isList(schema['enum']) && choices !== undefined) return { kind: 'choice', choices }
  const options = optionsOf(schema)?.map((option) => resolved(option, root))
  if (options !== undefined) return unionOf(options, root)
  switch (schema['type']) {
    case 'string':
      return { kind: 'text', format: textOf(schema['format']), isLong: isLongText(schema) }
    case 'number':
    case 'integer':
      return { kind: 'number', isWhole: schema['type'] === 'integer' }
    case 'boolean':
      return { kind: 'boolean' }
    case 'null':
      return { kind: 'constant', value: null }
    case 'array':
      return listOf(schema)
    case 'object':
      return objectOf(schema)
    default:
      return isObject(schema['properties']) ? objectOf(schema) : { kind: 'anything' }
  }
}

const longFormats: ReadonlySet<Json | undefined> = new Set(['multiline', 'textarea', 'markdown', 'html'])

function isLongText({ maxLength, format, multiline }: JsonSchema): boolean {
  if (longFormats.has(format) || multiline === true) return true
  return format === undefined && (numberOf(maxLength) ?? 0) > 200
}

/** A choice among values is a choice of one; all else is a choice of a shape. */
function unionOf(options: readonly JsonSchema[], root: JsonSchema): Kind {
  const choices = options.map(choicesOf)
  if (choices.every((each) => each !== undefined)) return { kind: 'choice', choices: choices.flat() }
  return { kind: 'union', options: options.map((schema) => ({ schema, word: optionWord(schema, root) })) }
}

function choicesOf(schema: JsonSchema): readonly Choice[] | undefined {
  const title = textOf(schema['title'])
  if ('const' in schema) return [{ value: schema['const'] ?? null, word: title ?? wordOf(schema['const'] ?? null) }]
  if (schema['type'] === 'null') return [{ value: null, word: title ?? wordOf(null) }]
  return isList(schema['enum']) ? schema['enum'].map((value) => ({ value, word: wordOf(value) })) : undefined
}

function listOf({ prefixItems, items, minItems, maxItems }: JsonSchema): Kind {
  if (isList(prefixItems)) return { kind: 'tuple', items: prefixItems.map((item) => (isObject(item) ? item : {})) }
  return { kind: 'list', item: isObject(items) ? items : {}, least: numberOf(minItems) ?? 0, most: numberOf(maxItems) ?? Infinity }
}

function objectOf(schema: JsonSchema): Kind {
  const { additionalProperties: rest } = schema
  const required = new Set(requiredOf(schema))
  const members = Object.entries(membersOf(schema)).map(([name, member]) => {
    return { name, schema: isObject(member) ? member : {}, required: required.has(name) }
  })
  const names = isObject(schema['propertyNames']) ? schema['propertyNames']['enum'] : undefined
  if (isList(names) && isObject(rest) && members.length === 0) {
    const known = names.filter((name) => typeof name === 'string')
    return { kind: 'object', members: known.map((name) => ({ name, schema: rest, required: required.has(name) })), rest: undefined }
  }
  if (isObject(rest)) return { kind: 'object', members, rest }
  return { kind: 'object', members, rest: rest === true || members.length === 0 ? {} : undefined }
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'Text',
  number: 'Number',
  integer: 'Whole number',
  boolean: 'Yes or no',
  null: 'None',
  array: 'List',
  object: 'Object',
}

/** How an option is told from the others: its title, the constant that marks it, its type. */
function optionWord(schema: JsonSchema, root: JsonSchema, depth = 0): string {
  const { title, type, format } = schema
  if (typeof title === 'string') return title
  if ('const' in schema) return wordOf(schema['const'] ?? null)
  const marks = Object.values(membersOf(schema)).flatMap((member) => {
    const own = resolved(member, root)
    return 'const' in own ? [wordOf(own['const'] ?? null)] : []
  })
  if (marks[0] !== undefined) return marks[0]
  if (isList(schema['enum'])) return schema['enum'].map(wordOf).join(', ')
  const item = depth < deepest && isObject(schema['items']) ? resolved(schema['items'], root) : undefined
  if (item !== undefined) return `List of ${optionWord(item, root, depth + 1).toLowerCase()}`
  if (typeof format === 'string' && format in formatWords) return formatWords[format] ?? format
  const names = Object.keys(membersOf(schema)).map(spoken)
  if (names.length > 0) return names.slice(0, 3).join(', ')
  return typeWords[typeof type === 'string' ? type : ''] ?? 'Anything'
}

const formatWords: Readonly<Record<string, string>> = {
  email: 'E-mail address',
  uri: 'Web address',
  date: 'Date',
  'date-time': 'Date and time',
  time: 'Time',
  uuid: 'UUID',
}

/** A constant as a person chooses it. */
export function wordOf(value: Json): string {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  return typeof value === 'string' ? value : JSON.stringify(value)
}
