import type { Json } from '../../model/json.ts'
import { hiddenWords, isHidden } from '../../model/sensitive/hidden.ts'

/** A value as a person reads it: what is hidden in it is called so. */
export function inWords(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value
  if (isHidden(value)) return hiddenWords
  if (Array.isArray(value)) return value.map(inWords)
  return Object.fromEntries(Object.entries<Json>(value).map(([name, item]) => [name, inWords(item)]))
}
