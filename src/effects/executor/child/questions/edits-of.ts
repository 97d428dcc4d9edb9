/** What of a value a person has made another. */
import { isDeepStrictEqual } from 'node:util'
import type { Json } from '../../../../model/json.ts'

export type Path = readonly string[]

/** A place where the value is another. False `isGiven` is of a list whose items have come, gone or moved: of them, only those are edits that are new. */
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

/** An item that stood anywhere in the list is no edit. Any other is one of what stood there, as counted from the nearer end where items have come or gone. */
function* editsOfList(before: readonly Json[], given: readonly Json[], path: Path): Generator<Edit> {
  const left = new Map(before.entries())
  const others: (readonly [index: number, item: Json])[] = []
  let isMoved = given.length !== before.length
  for (const [index, item] of given.entries()) {
    const was = placeOf(item, left, index)
    if (was === undefined) others.push([index, item])
    else {
      left.delete(was)
      isMoved ||= was !== index
    }
  }
  for (const [index, item] of others) {
    const was = [index, index - given.length + before.length].find((each) => left.has(each))
    yield* editsOf(was === undefined ? undefined : left.get(was), item, [...path, String(index)])
    if (was !== undefined) left.delete(was)
  }
  if (isMoved) yield { path, isGiven: false }
}

/** Where an item stands among those that are left: at its own place, or at the first that is equal. */
function placeOf(item: Json, left: ReadonlyMap<number, Json>, index: number): number | undefined {
  const isAt = (place: number): boolean => isDeepStrictEqual(left.get(place), item)
  return isAt(index) ? index : left.keys().find(isAt)
}

function isRecord(value: Json | undefined): value is Entries {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
