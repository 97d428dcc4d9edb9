/** What a schema has against a value, each where it is and in words for whoever filled it in. */
import type { Json, JsonSchema } from '../../../model/json.ts'
import { isHidden } from '../../../model/sensitive/hidden.ts'
import { misfits } from './fits.ts'
import type { Path } from './path.ts'
import { deepest, isList, isObject, membersOf, optionsOf, requiredOf, resolved, without } from './schema.ts'
import { complaint } from './complaint.ts'
import { chosenOption } from './union.ts'

export interface Problem {
  readonly path: Path
  readonly message: string
}

/**
 * Of a union only the option is looked at that the value is of: what the others have against it helps nobody.
 * `undefined` is a value that was not given.
 */
export function problemsOf(schema: JsonSchema, value: Json | undefined, root: JsonSchema = schema): readonly Problem[] {
  return value === undefined ? [{ path: [], message: 'must be given' }] : [...walk(schema, value, [], root)]
}

function* walk(given: Json | undefined, value: Json, path: Path, root: JsonSchema): Generator<Problem> {
  if (path.length > deepest * 2 || isHidden(value)) return
  const schema = resolved(given, root)
  const options = optionsOf(schema)
  if (options !== undefined) {
    const option = options[chosenOption(options, value, root)]
    if (option === undefined) yield { path, message: value === null ? 'must be given' : 'fits none of the choices' }
    else yield* walk(option, value, path, root)
    return
  }
  yield* ownProblems(without(schema, ofParts), value, path)
  if (isObject(value)) yield* membersProblems(schema, value, path, root)
  if (isList(value)) yield* itemsProblems(schema, value, path, root)
}

/** What is said of the parts of a value is asked part by part. */
const ofParts = ['properties', 'required', 'additionalProperties', 'propertyNames', 'prefixItems', 'items', '$defs']

function* ownProblems(schema: JsonSchema, value: Json, path: Path): Generator<Problem> {
  const keywords = [...new Set(misfits(schema, value).map(({ keyword }) => keyword))].filter((keyword) => keyword in schema)
  if (keywords.includes('type') && value === null) {
    yield { path, message: 'must be given' }
    return
  }
  // A value of the wrong type has nothing else right either; a pattern only spells out what its format says.
  const [first = []] = [['type'], ['enum'], ['const']].filter(([keyword]) => keywords.includes(keyword ?? ''))
  const told = first.length > 0 ? first : keywords.filter((keyword) => keyword !== 'pattern' || !('format' in schema && keywords.includes('format')))
  for (const keyword of told) yield { path, message: complaint(keyword, schema) }
}

function* membersProblems(schema: JsonSchema, value: { readonly [key: string]: Json }, path: Path, root: JsonSchema): Generator<Problem> {
  const members = membersOf(schema)
  const { additionalProperties: rest, propertyNames } = schema
  const required = requiredOf(schema)
  // In the order of the schema, which is that of the form.
  for (const name of new Set([...Object.keys(members), ...required])) {
    const at = [...path, name]
    const part = Object.hasOwn(value, name) ? value[name] : undefined
    if (part !== undefined && Object.hasOwn(members, name)) yield* walk(members[name], part, at, root)
    if (part === undefined && required.includes(name)) yield { path: at, message: 'must be given' }
  }
  for (const [name, part] of Object.entries(value)) {
    const at = [...path, name]
    if (Object.hasOwn(members, name)) continue
    if (rest === false) yield { path: at, message: 'is not known here' }
    else {
      if (isObject(propertyNames)) yield* nameProblems(propertyNames, name, at, root)
      yield* walk(rest, part, at, root)
    }
  }
}

function* nameProblems(schema: JsonSchema, name: string, path: Path, root: JsonSchema): Generator<Problem> {
  for (const { message } of walk(schema, name, [], root)) yield { path, message: `has a name that ${message}` }
}

function* itemsProblems({ prefixItems, items }: JsonSchema, value: readonly Json[], path: Path, root: JsonSchema): Generator<Problem> {
  const first = isList(prefixItems) ? prefixItems : []
  for (const [index, item] of value.entries()) {
    const schema = first[index] ?? items
    const at = [...path, String(index)]
    if (schema === false) yield { path: at, message: 'is one too many' }
    else yield* walk(schema, item, at, root)
  }
}
