/** Where a part of a value is: keys and indexes, outermost first. */
import type { Json } from '../../../model/json.ts'
import { isList, isObject } from './schema.ts'

export type Path = readonly string[]

export function readAt(value: Json | undefined, path: Path): Json | undefined {
  return path.reduce<Json | undefined>((at, key) => {
    if (isList(at)) return at[Number(key)]
    return isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined
  }, value)
}

/** The value with the part put in its place; undefined takes a key out of its object. */
export function writeAt(value: Json | undefined, [key, ...rest]: Path, part: Json | undefined): Json | undefined {
  if (key === undefined) return part
  if (isList(value)) return value.map((item, index) => (String(index) === key ? (writeAt(item, rest, part) ?? null) : item))
  const object = isObject(value) ? value : {}
  const written = writeAt(Object.hasOwn(object, key) ? object[key] : undefined, rest, part)
  if (written !== undefined) return { ...object, [key]: written }
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key))
}

/** As one text: `recipient.email`, `lines.0.cents`; empty for the value itself. */
export const pathText = (path: Path): string => path.join('.')

/** The path below `root` of what a failure names as `input.recipient.email`; undefined where it is not below it. */
export function pathBelow(root: string, named: string | undefined): Path | undefined {
  if (named === root) return []
  return named?.startsWith(`${root}.`) === true ? named.slice(root.length + 1).split('.') : undefined
}
