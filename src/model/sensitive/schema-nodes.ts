/**
 * What of a JSON Schema speaks of a value, and of each part of it.
 *
 * It errs on one side: what cannot be told apart here counts as speaking of the value. So nothing that a schema may mean
 * by `sensitive` is missed, and something that it does not mean may be hidden.
 */
import type { Json, JsonSchema } from '../json.ts'

/** A part of a schema, and the whole that its references lead into. */
export interface SchemaNode {
  readonly schema: JsonSchema
  readonly root: JsonSchema
}

/** The keywords that are read here. */
type Keywords = {
  readonly [K in
    | 'sensitive' | 'type' | 'const' | 'enum' | 'required' | '$ref' | '$dynamicRef'
    | 'allOf' | 'anyOf' | 'oneOf' | 'if' | 'then' | 'else' | 'dependentSchemas'
    | 'properties' | 'patternProperties' | 'additionalProperties' | 'unevaluatedProperties' | 'propertyNames'
    | 'items' | 'prefixItems' | 'additionalItems' | 'contains' | 'unevaluatedItems']?: Json
}

/** Stands for what a reference leads to that cannot be followed. */
const anything: JsonSchema = { sensitive: true }

/** True where any part of the schema says `sensitive`, whether or not a value can come to it. */
export function marksAny(schema: Json): boolean {
  if (typeof schema !== 'object' || schema === null) return false
  return Object.entries<Json>(schema).some(([key, item]) => (key === 'sensitive' && item === true) || marksAny(item))
}

/** True where the value itself is sensitive by this node. The name of a property cannot be hidden without the object. */
export function marksWhole({ sensitive, propertyNames }: Keywords): boolean {
  return sensitive === true || (propertyNames !== undefined && marksAny(propertyNames))
}

/** The node and all that it says of the same value: what it refers to, what it is put together of, its branches that fit. */
export function* speakingOf(node: SchemaNode, value: Json, seen: Set<JsonSchema> = new Set()): Generator<SchemaNode> {
  const { schema, root } = node
  if (seen.has(schema)) return
  seen.add(schema)
  yield node
  const words: Keywords = schema
  const parts = [referred(words, root), ...listOf(words.allOf), words.if, words.then, words.else, ...Object.values(objectOf(words.dependentSchemas))]
  for (const part of parts) {
    if (isObject(part)) yield* speakingOf({ schema: part, root }, value, seen)
  }
  for (const union of [words.anyOf, words.oneOf]) {
    const branches = listOf(union).filter(isObject)
    const fitting = branches.filter((branch) => mayFit({ schema: branch, root }, value))
    for (const branch of fitting.length > 0 ? fitting : branches) yield* speakingOf({ schema: branch, root }, value, seen)
  }
}

/** What a node says of the part of the value that has this name. */
export function* speakingOfPart({ schema, root }: SchemaNode, value: Json, name: string): Generator<SchemaNode> {
  for (const part of Array.isArray(value) ? itemSchemas(schema, Number(name)) : propertySchemas(schema, name)) {
    if (isObject(part)) yield { schema: part, root }
  }
}

/** The names that properties have by what speaks of their object: any other is the value's own. */
export function namesGiven(speaking: readonly SchemaNode[]): ReadonlySet<string> {
  return new Set(speaking.flatMap(({ schema: { properties } }) => Object.keys(objectOf(properties))))
}

function* propertySchemas(schema: Keywords, name: string): Generator<Json | undefined> {
  const properties = objectOf(schema.properties)
  const patterns = Object.entries(objectOf(schema.patternProperties)).filter(([pattern]) => mayMatch(pattern, name))
  const own = Object.hasOwn(properties, name) ? properties[name] : undefined
  if (own !== undefined) yield own
  yield* patterns.map(([, part]) => part)
  if (own === undefined && patterns.length === 0) yield schema.additionalProperties
  yield schema.unevaluatedProperties
}

/** `items` is of what `prefixItems` leaves; a list of schemas there is how earlier drafts wrote that. */
function* itemSchemas(schema: Keywords, index: number): Generator<Json | undefined> {
  const prefix = [...listOf(schema.prefixItems), ...listOf(schema.items)]
  if (index < prefix.length) yield prefix[index]
  else yield* [schema.items, schema.additionalItems]
  yield* [schema.contains, schema.unevaluatedItems]
}

/**
 * False only where the value cannot be meant. What is stored of an input is what its schema made of what was given, so a
 * text where a number is asked for may well be meant; and what is sensitive is meant whatever it is.
 */
function mayFit(node: SchemaNode, value: Json, seen: Set<JsonSchema> = new Set()): boolean {
  const { schema, root } = node
  if (seen.has(schema) || marksWhole(schema)) return true
  seen.add(schema)
  const words: Keywords = schema
  const fits = (part: Json | undefined, of: Json, again = new Set<JsonSchema>()): boolean => {
    return isObject(part) ? mayFit({ schema: part, root }, of, again) : part !== false
  }
  if (!hasShape(words.type, value) || !isAmong(words, value)) return false
  const reference = referred(words, root)
  if (reference !== undefined && !fits(reference, value, seen)) return false
  if (!listOf(words.allOf).every((part) => fits(part, value, new Set(seen)))) return false
  for (const union of [words.anyOf, words.oneOf]) {
    const branches = listOf(union)
    if (branches.length > 0 && !branches.some((branch) => fits(branch, value, new Set(seen)))) return false
  }
  if (!isObject(value)) return true
  if (!listOf(words.required).every((name) => typeof name !== 'string' || Object.hasOwn(value, name))) return false
  const properties = objectOf(words.properties)
  return Object.entries(value).every(([name, item]) => !Object.hasOwn(properties, name) || fits(properties[name], item))
}

/** Objects, lists, and all that is neither, are told apart. */
function hasShape(type: Json | undefined, value: Json): boolean {
  const types = typeof type === 'string' ? [type] : listOf(type)
  return types.length === 0 || types.some((each) => shapeOf(each) === (Array.isArray(value) ? 'array' : isObject(value) ? 'object' : 'atom'))
}

function shapeOf(type: Json): 'array' | 'object' | 'atom' {
  return type === 'array' || type === 'object' ? type : 'atom'
}

function isAmong(schema: Keywords, value: Json): boolean {
  const allowed = schema.const === undefined ? listOf(schema.enum) : [schema.const]
  return allowed.length === 0 || allowed.some((one) => one === value || (typeof one === 'object' && one !== null))
}

/** What a reference within the schema leads to: `#`, `#/$defs/name`. */
function referred({ $ref, $dynamicRef }: Keywords, root: JsonSchema): Json | undefined {
  const reference = $ref ?? $dynamicRef
  if (typeof reference !== 'string') return undefined
  const names = reference.split('/').slice(1)
  const found = reference.startsWith('#')
    ? names.reduce<Json | undefined>((node, name) => objectOf(node)[name.replaceAll('~1', '/').replaceAll('~0', '~')], root)
    : undefined
  return reference === '#' || names.length > 0 ? (found ?? anything) : anything
}

function mayMatch(pattern: string, name: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(name)
  } catch {
    return true
  }
}

function listOf(value: Json | undefined): readonly Json[] {
  return isList(value) ? value : []
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

function objectOf(value: Json | undefined): JsonSchema {
  return isObject(value) ? value : {}
}

function isObject(value: Json | undefined): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
