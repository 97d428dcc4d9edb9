/** For tests: definitions, also such as no compiler has seen. */
import { definitionOf } from '../../../sdk/brand.ts'
import { workflow, z } from '../../../sdk/index.ts'

/** A workflow that has no step yet. */
export const start = workflow('sample', { version: 2, input: z.object({ to: z.string() }) })

/** The definition with these steps, or these other properties, in place of its own. */
export function spoilt(builder: object, changes: Readonly<Record<string, unknown>>): unknown {
  return { ...z.looseObject({}).parse(definitionOf(builder)), ...changes }
}

export function code(id: string, options: object = {}): object {
  return { id, kind: 'code', options, handler: () => null }
}

export function http(id: string, options: object = {}): object {
  return { id, kind: 'http', options, request: () => ({ url: '' }) }
}
