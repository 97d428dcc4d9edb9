/** Which option of a union a value is of, and what of it stays when another is chosen. */
import type { Json, JsonSchema } from '../../../model/json.ts'
import { fits } from './fits.ts'
import { isObject, membersOf, resolved } from './schema.ts'

/**
 * The option that a value is of: the one whose constants it has, else the first that it fits, else the one that it
 * looks most like; -1 where it is like none.
 */
export function chosenOption(options: readonly Json[], value: Json | undefined, root: JsonSchema): number {
  if (value === undefined) return -1
  const schemas = options.map((option) => resolved(option, root))
  const marked = schemas.findIndex((schema) => isMarked(schema, value, root))
  if (marked !== -1) return marked
  const fitting = schemas.findIndex((schema) => fits(schema, value, root))
  if (fitting !== -1) return fitting
  const likeness = schemas.map((schema) => likenessOf(schema, value))
  const best = Math.max(...likeness)
  return best > 0 ? likeness.indexOf(best) : -1
}

/** The value has every constant that marks the option, and there is one. */
function isMarked(schema: JsonSchema, value: Json, root: JsonSchema): boolean {
  if (!isObject(value)) return false
  const marks = Object.entries(marksOf(schema, root))
  return marks.length > 0 && marks.every(([name, mark]) => value[name] === mark)
}

/** The members that tell one object of a union from another. */
export function marksOf(schema: JsonSchema, root: JsonSchema): { readonly [key: string]: Json } {
  return Object.fromEntries(
    Object.entries(membersOf(schema)).flatMap(([name, member]) => {
      const own = resolved(member, root)
      return 'const' in own ? [[name, own['const'] ?? null]] : []
    }),
  )
}

function likenessOf(schema: JsonSchema, value: Json): number {
  if (!ofType(schema['type'], value)) return 0
  if (!isObject(value)) return 1
  return 1 + Object.keys(membersOf(schema)).filter((name) => Object.hasOwn(value, name)).length
}

function ofType(type: Json | undefined, value: Json): boolean {
  if (type === 'array') return Array.isArray(value)
  if (type === 'object') return isObject(value)
  if (type === 'null') return value === null
  return type === 'integer' ? typeof value === 'number' : type === typeof value
}

/** What another option can take over of a value: the members that fit it too, its constants aside. */
export function carriedOver(value: Json | undefined, to: JsonSchema, root: JsonSchema): Json | undefined {
  if (value === undefined || !isObject(value)) return value !== undefined && fits(to, value, root) ? value : undefined
  const members = membersOf(to)
  const kept = Object.entries(value).filter(([name, part]) => {
    const member = Object.hasOwn(members, name) ? resolved(members[name], root) : undefined
    return member !== undefined && !('const' in member) && fits(member, part, root)
  })
  return to['type'] === 'object' ? Object.fromEntries(kept) : undefined
}
