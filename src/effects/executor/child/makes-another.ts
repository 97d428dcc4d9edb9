/** Kinds of schema whose result need not be what they take. */
const making = new Set(['pipe', 'transform'])

/**
 * True where a schema makes another value of what it is given, in any part: what it has made once it may refuse. Schemas
 * are looked through as data, since a bundle brings a zod of its own.
 */
export function makesAnother(schema: unknown, seen: Set<unknown> = new Set()): boolean {
  if (typeof schema !== 'object' || schema === null || seen.has(schema)) return false
  seen.add(schema)
  if (Array.isArray(schema)) return schema.some((part) => makesAnother(part, seen))
  const definition = definitionOf(schema)
  if (definition === undefined) return isPlain(schema) && Object.values(schema).some((part) => makesAnother(part, seen))
  const { type, getter } = definition
  if (typeof type === 'string' && making.has(type)) return true
  const parts = typeof getter === 'function' ? [Reflect.apply(getter, undefined, [])] : Object.values(definition)
  return parts.some((part) => makesAnother(part, seen))
}

/** What a schema is, as data; undefined where it is none. */
export function definitionOf(schema: unknown): { readonly [key: string]: unknown } | undefined {
  if (typeof schema !== 'object' || schema === null) return undefined
  const internals: unknown = Reflect.get(schema, '_zod')
  const definition: unknown = typeof internals === 'object' && internals !== null ? Reflect.get(internals, 'def') : undefined
  return typeof definition === 'object' && definition !== null ? { ...definition } : undefined
}

/** A record of parts, as the properties of an object are. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype
}
