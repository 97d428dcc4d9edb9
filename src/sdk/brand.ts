/**
 * How a workflow is known when it comes out of a bundle, which has its own copy of this package: by a symbol of the
 * registry that all copies share. What carries it still has to be checked.
 */
export const brand = Symbol.for('cairn.workflow')

/** The form of what carries the brand; a later one could be told apart. */
export const brandFormat = 1

/** The definition that a workflow carries, unchecked; undefined where the value is no workflow. */
export function definitionOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Reflect.get(value, brand) !== brandFormat) return undefined
  return Reflect.get(value, 'definition')
}
