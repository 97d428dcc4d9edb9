import { z } from 'zod'
import { definitionOf } from '../makes-another.ts'
import type { Path } from './edits-of.ts'

/** What is one schema with another within it, by the name of that. */
const around: Readonly<Record<string, string>> = {
  optional: 'innerType',
  nullable: 'innerType',
  default: 'innerType',
  prefault: 'innerType',
  nonoptional: 'innerType',
  readonly: 'innerType',
}

/**
 * Whether a schema may say anything of a whole that a place is a part of (a refinement, a bound of a list), or of which form that is (a
 * union). Schemas are looked through as data, since a bundle brings a zod of its own.
 */
export function isJudgedWhole(schema: unknown, path: Path): boolean {
  const [key, ...rest] = path
  if (key === undefined) return false
  const definition = definitionOf(schema)
  if (definition === undefined) return true
  const { type, checks } = definition
  if (Array.isArray(checks) && checks.length > 0) return true
  const inner = typeof type === 'string' ? around[type] : undefined
  if (inner !== undefined) return isJudgedWhole(definition[inner], path)
  const part = partOf(definition, key)
  return part === undefined || isJudgedWhole(part, rest)
}

/** Undefined where the schema does not say by itself what stands there. */
function partOf({ type, shape, catchall, element, valueType }: Readonly<Record<string, unknown>>, key: string): unknown {
  if (type === 'array') return element
  if (type === 'record') return valueType
  if (type !== 'object' || typeof shape !== 'object' || shape === null) return undefined
  return Object.hasOwn(shape, key) ? Reflect.get(shape, key) : (catchall ?? anything)
}

/** An object takes what it has no name for, or refuses it by name. */
const anything = z.unknown()
