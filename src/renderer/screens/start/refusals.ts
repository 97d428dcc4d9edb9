/** What the host refused, at the fields that it names: shown until what stands there is something else. */
import type { Failure } from '../../../model/failure.ts'
import type { Json } from '../../../model/json.ts'
import type { Problem } from '../../widgets/schema-form/check.ts'
import { pathBelow, readAt } from '../../widgets/schema-form/path.ts'
import { same } from '../../widgets/diff/json-lines.ts'

interface Given {
  readonly input: Json | undefined
  readonly context: Json | undefined
}

export interface Refusals {
  readonly of: Given
  readonly failures: readonly Failure[]
}

export const noRefusals: Refusals = { of: { input: undefined, context: undefined }, failures: [] }

/** The refusals below `root` that still hold for what is given now. */
export function refusalsAt(root: 'input' | 'context', { of, failures }: Refusals, now: Given): readonly Problem[] {
  return failures.flatMap(({ path: named, message }) => {
    const path = pathBelow(root, named)
    return path !== undefined && unchanged(readAt(of[root], path), readAt(now[root], path)) ? [{ path, message }] : []
  })
}

/** Failures that name no place in what was given. */
export function otherRefusals({ failures }: Refusals): readonly Failure[] {
  return failures.filter(({ path }) => pathBelow('input', path) === undefined && pathBelow('context', path) === undefined)
}

function unchanged(one: Json | undefined, other: Json | undefined): boolean {
  return one === undefined || other === undefined ? one === other : same(one, other)
}
