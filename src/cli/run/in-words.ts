import type { Json } from '../../model/json.ts'
import { hiddenWords, isHidden } from '../../model/sensitive/hidden.ts'
import type { Follows } from '../../model/step.ts'

/** A value as a person reads it: what is hidden in it is called so. */
export function inWords(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value
  if (isHidden(value)) return hiddenWords(value)
  if (Array.isArray(value)) return value.map(inWords)
  return Object.fromEntries(Object.entries<Json>(value).map(([name, item]) => [name, inWords(item)]))
}

/** What became of a step because of another. */
export function followsInWords({ from, as, by }: Follows): string {
  if (as === 'rerouted') return by === null ? `without ${from}` : `with ${by} in the place of ${from}`
  return `${as} with ${from}`
}
