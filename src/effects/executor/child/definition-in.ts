import { definitionOf } from '../../../sdk/brand.ts'
import type { Definition } from '../../../sdk/definition.ts'

/**
 * The workflow that a module exports as its default.
 * @throws TypeError where there is none
 */
export function definitionIn(exports: unknown): Definition {
  const definition = definitionOf(property(exports, 'default'))
  if (!isDefinition(definition)) throw new TypeError('the module does not export a workflow as its default')
  return definition
}

/** The loader has checked the rest before it let the revision be stored. */
function isDefinition(value: unknown): value is Definition {
  return typeof property(value, 'name') === 'string' && Array.isArray(property(value, 'steps'))
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
}
