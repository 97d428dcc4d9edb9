import type { Json } from '../../../../model/json.ts'

/**
 * A copy of the value in which what stands at the path is another. All of the path must be there, but for a last name
 * in an object: an optional property may be set. `name` says in what is thrown whose value it is.
 * @throws TypeError where the path leads nowhere
 */
export function replaceAt(value: Json, path: readonly string[], replacement: Json, name: string): Json {
  const [key, ...rest] = path
  if (key === undefined) return replacement
  const entries = typeof value === 'object' && value !== null ? Object.entries<Json>(value) : []
  const isThere = entries.some(([own]) => own === key)
  const mayBeSet = typeof value === 'object' && !Array.isArray(value) && value !== null && rest.length === 0
  if (!isThere && !mayBeSet) throw new TypeError(`${name} has no ${key} to edit`)

  const changed = entries.map(
    ([own, item]) => [own, own === key ? replaceAt(item, rest, replacement, `${name}.${own}`) : item] as const,
  )
  if (Array.isArray(value)) return changed.map(([, item]) => item)
  return Object.fromEntries(isThere ? changed : [...changed, [key, replacement]])
}
