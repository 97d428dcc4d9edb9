/**
 * The one name that no property of a value may have. What a value passes on its way copies objects by assignment (zod,
 * the serialiser of the RPC, much of what authors write), and to assign this one sets the prototype instead: the property
 * would be gone without a word. No border of ours can promise to keep it, so each refuses it.
 */
const lost = '__proto__'

export const whyLost = {
  what: 'has a name that JavaScript keeps for itself, so that it would be lost on its way',
  wayOut: 'give the property another name',
} as const

type Path = readonly string[]

/**
 * The path of a property of that name in a value, wherever arrays and plain objects lead to it; undefined where there is
 * none. Each object is looked at once, so that cycles end.
 */
export function lostName(value: unknown): Path | undefined {
  const seen = new Set<unknown>()
  const left: [unknown, Path][] = [[value, []]]
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const [here, path] = next
    if (!holdsNames(here) || seen.has(here)) continue
    seen.add(here)
    if (Object.hasOwn(here, lost)) return [...path, lost]
    for (const [key, item] of Object.entries(here)) if (holdsNames(item)) left.push([item, [...path, key]])
  }
  return undefined
}

/** An array, or an object that is nothing but its properties. */
function holdsNames(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return Array.isArray(value) || prototype === null || prototype === Object.prototype
}
