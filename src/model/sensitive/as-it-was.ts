/**
 * What a person means by a value in which something was hidden when it was shown: a mark that was left is what it stands
 * for. It may be moved to another place that is hidden as well, and to no other: what is hidden stays so.
 */
import type { Json, JsonSchema } from '../json.ts'
import { hiddenText, isHidden, type Path, pathOf, pointer } from './hidden.ts'
import { sensitivePlaces } from './hide.ts'
import type { Scrub } from './scrub.ts'

/** Of what a value was shown: `whole` holds it at `path`, and is held against `schemas`. */
export interface Original {
  readonly whole: Json
  readonly path: Path
  readonly schemas: readonly JsonSchema[]
  /** What was taken out of its texts when it was shown. */
  readonly scrub: Scrub | null
}

export type Meant = { readonly value: Json } | { readonly refused: readonly Path[] }

/** `original` is null where nothing was shown. Where a mark cannot be what it stands for, its place is refused. */
export function asItWas(given: Json, original: Original | null): Meant {
  const refused: Path[] = []
  const moved: Path[] = []

  const meant = (value: Json, path: Path): Json => {
    if (typeof value === 'string') return value.includes(hiddenText) ? meantText(value, path) : value
    if (typeof value !== 'object' || value === null) return value
    if ('$hidden' in value) return meantMark(value, path)
    if (Array.isArray(value)) return value.map((item: Json, index) => meant(item, [...path, String(index)]))
    return Object.fromEntries(Object.entries<Json>(value).map(([name, item]) => [name, meant(item, [...path, name])]))
  }

  const meantMark = (mark: Json, path: Path): Json => {
    const from = isHidden(mark) ? pathOf(mark.at) : undefined
    const value = original === null || from === undefined ? undefined : valueAt(original.whole, from)
    if (from === undefined || value === undefined) return refuse(path)
    if (pointer(from) !== pointer(path)) moved.push(path)
    return value
  }

  const meantText = (text: string, path: Path): Json => {
    const before = original === null ? undefined : valueAt(original.whole, path)
    return typeof before === 'string' && original?.scrub?.text(before) === text ? before : refuse(path)
  }

  const refuse = (path: Path): null => {
    refused.push(path)
    return null
  }

  const value = meant(given, original?.path ?? [])
  if (original !== null && moved.length > 0) {
    const whole = withAt(original.whole, original.path, value)
    const hidden = sensitivePlaces(original.schemas, whole).map((place) => pointer(place.path))
    const stays = (path: Path): boolean => hidden.some((at) => pointer(path) === at || pointer(path).startsWith(`${at}/`))
    refused.push(...moved.filter((path) => !stays(path)))
  }
  return refused.length > 0 ? { refused: refused.map((path) => path.slice(original?.path.length ?? 0)) } : { value }
}

/** What stands at a path; undefined where it leads nowhere. */
export function valueAt(value: Json, path: Path): Json | undefined {
  return path.reduce<Json | undefined>((at, name) => {
    return typeof at === 'object' && at !== null && Object.hasOwn(at, name) ? new Map(Object.entries<Json>(at)).get(name) : undefined
  }, value)
}

/** The value with another at a path; what the path leads through is made where it is not there. */
function withAt(value: Json, path: Path, other: Json): Json {
  const [name, ...rest] = path
  if (name === undefined) return other
  if (Array.isArray(value)) return value.map((item: Json, index) => (String(index) === name ? withAt(item, rest, other) : item))
  const entries = typeof value === 'object' && value !== null ? Object.entries<Json>(value) : []
  const before = entries.find(([own]) => own === name)?.[1] ?? {}
  return Object.fromEntries([...entries.filter(([own]) => own !== name), [name, withAt(before, rest, other)]])
}
