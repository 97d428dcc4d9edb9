import type { Json } from '../../model/json.ts'
import type { Path } from './outline.ts'

/** Settings as they are written, by their keys. */
export interface Tree {
  readonly [key: string]: Json
}

export function isTree(value: Json | undefined): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What is written over what is there without it, key by key. */
export function merged(under: Json, over: Json): Json {
  if (!isTree(under) || !isTree(over)) return over
  const both = Object.entries(over).map(([key, value]): [string, Json] => {
    const below = under[key]
    return [key, below === undefined ? value : merged(below, value)]
  })
  return { ...under, ...Object.fromEntries(both) }
}

/** What is at a place; undefined where nothing is. */
export function at(value: Json | undefined, [key, ...rest]: Path): Json | undefined {
  if (key === undefined) return value
  return isTree(value) && Object.hasOwn(value, key) ? at(value[key], rest) : undefined
}

/** What is under the names at a place. */
export function namedIn(value: Json | undefined): [name: string, own: Tree][] {
  return isTree(value) ? Object.entries(value).flatMap(([name, own]) => (isTree(own) ? [[name, own] satisfies [string, Tree]] : [])) : []
}
