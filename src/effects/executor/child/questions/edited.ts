/**
 * What a schema makes of a value that a person has edited. One that transforms has made what stands there, and would do so twice.
 *
 * Invariants:
 * 1. Where the schema makes another value, what nobody edited stays as it was stored; only what was edited is made by it.
 * 2. Nothing is taken that the schema has anything against, but for what it has against other parts and had against them as they were
 *    stored: it has made something of another type of those. Where it says something of a whole that the edit is a part of,
 *    such parts keep that from being asked, and the edit is refused. It is asked of what the schema makes of all of the value, made
 *    parts too: one that goes by those may answer otherwise than it would of what is stored.
 */
import type { z } from 'zod'
import type { Json } from '../../../../model/json.ts'
import { makesAnother } from '../makes-another.ts'
import { textsMarked } from '../marked.ts'
import { assertNames, invalid, jsonOf, validate } from '../validate.ts'
import { withheld } from '../withheld.ts'
import { type Edit, editsOf, type Path } from './edits-of.ts'
import { isJudgedWhole } from './judged-whole.ts'

type Issue = z.core.$ZodIssue

export interface Given {
  readonly value: Json
  /** What the schema had made, and the person has edited; null where the value is a new one. */
  readonly before: Json
  /** Where the value stands, and what a person can do, as in `validate`. */
  readonly path: string
  readonly wayOut: string
}

/** What is thrown tells nothing of the value that the schema marks as sensitive. @throws Invalid, and whatever code of the schema throws */
export async function edited(schema: z.ZodType, given: Given): Promise<Json> {
  const { value, before, path, wayOut } = given
  if (before === null || !makesAnother(schema)) return validate(schema, value, path, wayOut)
  try {
    return await madeOf(schema, given)
  } catch (error) {
    throw withheld(error, [value, before].flatMap((each) => textsMarked(schema, each)))
  }
}

async function madeOf(schema: z.ZodType, { value, before, path, wayOut }: Given): Promise<Json> {
  assertNames(value, path)
  const edits = [...editsOf(before, value)]
  if (edits.length === 0) return before
  const parsed = await schema.safeParseAsync(value)
  if (parsed.success) return taken(parsed.data)
  const objections = await objectionsTo({ edits, issues: parsed.error.issues }, schema, before)
  if (objections.length > 0) throw invalid(objections, path, wayOut)
  // As far as it was made: what is in the way is of no edit.
  const made = await schema._zod.run({ value, issues: [] }, { async: true })
  return taken(made.value)

  function taken(made: unknown): Json {
    const places = edits.filter(({ isGiven }) => isGiven).map((edit) => edit.path)
    if (places.some(({ length }) => length === 0)) return jsonOf(made, path, wayOut)
    const result = structuredClone(value)
    for (const place of places) {
      const item = standingAt(made, place)
      if (item !== undefined) write(result, place, jsonOf(item, [path, ...place].join('.'), wayOut))
      // What the schema has no place for goes, unless it had made that itself.
      else if (standingAt(before, place) === undefined) write(result, place, undefined)
    }
    return result
  }
}

interface Objecting {
  readonly edits: readonly Edit[]
  readonly issues: readonly Issue[]
}

async function objectionsTo({ edits, issues }: Objecting, schema: z.ZodType, before: Json): Promise<readonly Issue[]> {
  if (edits.some(({ path }) => isJudgedWhole(schema, path))) return issues
  const { error } = await schema.safeParseAsync(before)
  const were = new Set(error?.issues.map(nameOf))
  const isOfEdit = (issue: Issue): boolean => edits.some(({ path }) => begins(issue.path, path) || begins(path, issue.path))
  return issues.filter((issue) => isOfEdit(issue) || !were.has(nameOf(issue)))
}

function nameOf({ path, message }: Issue): string {
  return JSON.stringify([path.map(String), message])
}

function begins(path: readonly PropertyKey[], start: readonly PropertyKey[]): boolean {
  return start.every((name, index) => index < path.length && String(name) === String(path[index]))
}

function write(value: Json, place: Path, item: Json | undefined): void {
  const [parent, key] = [standingAt(value, place.slice(0, -1)), place.at(-1)]
  if (typeof parent !== 'object' || parent === null || key === undefined) return
  if (item !== undefined) Reflect.set(parent, key, item)
  // A list keeps the place of each of its items.
  else if (!Array.isArray(parent)) Reflect.deleteProperty(parent, key)
}

/** What stands at a place, if anything does. */
function standingAt(value: unknown, place: Path): unknown {
  return place.reduce((here, key) => (typeof here === 'object' && here !== null && Object.hasOwn(here, key) ? Reflect.get(here, key) : undefined), value)
}
