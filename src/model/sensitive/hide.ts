/** Where a value is sensitive, as the schemas that it was held against say, and the value without what stands there. */
import type { Json, JsonSchema } from '../json.ts'
import type { Path } from './hidden.ts'
import { marksAny, marksWhole, namesGiven, type SchemaNode, speakingOf, speakingOfPart } from './schema-nodes.ts'

/** What stands in the place of a sensitive value. */
export type Mark = (path: Path, value: Json) => Json

/** The same, of what speaks of the value there. */
type MarkOf = (path: Path, value: Json, speaking: readonly SchemaNode[]) => Json

/** The value with each part marked that any of the schemas says is sensitive; itself where there is none. */
export function hide(schemas: readonly JsonSchema[], value: Json, mark: Mark): Json {
  return marked(schemas, value, mark)
}

function marked(schemas: readonly JsonSchema[], value: Json, mark: MarkOf): Json {
  const nodes = schemas.filter(marksAny).map((schema) => ({ schema, root: schema }))
  return nodes.length === 0 ? value : within(nodes, value, [], mark)
}

export interface Place {
  readonly path: Path
  readonly value: Json
  /** Names in it that are the value's own, and not its schema's: those of a record say as much as what stands under them. */
  readonly names: readonly string[]
}

/** Each part of the value that is sensitive; none lies within another. */
export function sensitivePlaces(schemas: readonly JsonSchema[], value: Json): Place[] {
  const places: Place[] = []
  marked(schemas, value, (path, part, speaking) => {
    places.push({ path, value: part, names: ownNames(speaking, part) })
    return null
  })
  return places
}

function within(nodes: readonly SchemaNode[], value: Json, path: Path, mark: MarkOf): Json {
  const speaking = nodes.flatMap((node) => [...speakingOf(node, value)])
  if (speaking.some(({ schema }) => marksWhole(schema))) return mark(path, value, speaking)
  if (typeof value !== 'object' || value === null) return value
  const part = (name: string, item: Json): Json => {
    const of = speaking.flatMap((node) => [...speakingOfPart(node, value, name)])
    return of.length === 0 ? item : within(of, item, [...path, name], mark)
  }
  if (Array.isArray(value)) return value.map((item: Json, index) => part(String(index), item))
  return Object.fromEntries(Object.entries<Json>(value).map(([name, item]) => [name, part(name, item)]))
}

function ownNames(speaking: readonly SchemaNode[], value: Json): string[] {
  if (typeof value !== 'object' || value === null) return []
  const given = namesGiven(speaking)
  const isNamed = speaking.some(({ schema }) => schema['propertyNames'] !== undefined)
  return Object.entries<Json>(value).flatMap(([name, item]) => {
    const of = speaking.flatMap((node) => [...speakingOfPart(node, value, name)])
    const isOwn = !Array.isArray(value) && !given.has(name) && (isNamed || of.length > 0)
    return [...(isOwn ? [name] : []), ...ownNames(of.flatMap((node) => [...speakingOf(node, item)]), item)]
  })
}
