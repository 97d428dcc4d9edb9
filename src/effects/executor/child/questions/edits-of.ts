/** What of a value a person has made another. */
import { isDeepStrictEqual } from 'node:util'
import type { Json } from '../../../../model/json.ts'

export type Path = readonly string[]

/** A place where the value is another. False `isGiven` is of a list that has become longer or shorter: of its items, only those are edits that are new. */
export interface Edit {
  readonly path: Path
  readonly isGiven: boolean
}

/** The innermost places in which one value is another than the other: paths of the one that was given. Undefined is what is not there. */
export function* editsOf(before: Json | undefined, given: Json | undefined, path: Path = []): Generator<Edit> {
  if (isDeepStrictEqual(before, given)) return
  if (Array.isArray(before) && Array.isArray(given)) yield* editsOfList(before, given, path)
  else if (isRecord(before) && isRecord(given)) yield* editsOfRecord(before, given, path)
  else yield { path, isGiven: true }
}

type Entries = Readonly<Record<string, Json>>

function* editsOfRecord(before: Entries, given: Entries, path: Path): Generator<Edit> {
  const [were, are] = [new Map(Object.entries(before)), new Map(Object.entries(given))]
  for (const key of new Set([...were.keys(), ...are.keys()])) yield* editsOf(were.get(key), are.get(key), [...path, key])
}

/** Where items have come or gone, each is what it was as counted from the nearer end. */
function* editsOfList(before: readonly Json[], given: readonly Json[], path: Path): Generator<Edit> {
  const more = given.length - before.length
  const first = more === 0 ? given.length : given.findIndex((item, index) => !isDeepStrictEqual(item, before[index]))
  const rest = first === -1 ? given.length : first
  for (const [index, item] of given.entries()) {
    const was = index < rest ? index : index < rest + more ? -1 : index - more
    yield* editsOf(before[was], item, [...path, String(index)])
  }
  if (more !== 0) yield { path, isGiven: false }
}

function isRecord(value: Json | undefined): value is Entries {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
