/** What somebody has written in place of a value, and whether it can be given. */
import type { Json } from '../../../../model/json.ts'
import { isHidden } from '../../../../model/sensitive/hidden.ts'
import { jsonLines, same } from '../../../widgets/diff/json-lines.ts'
import { textLines } from '../../../widgets/diff/text-lines.ts'
import type { Misfit } from './check.ts'
import { parseJson, type SyntaxProblem } from '../../../widgets/json/parse-json.ts'

export type Edited =
  | { readonly state: 'untouched' }
  /** The text is no JSON. */
  | { readonly state: 'broken'; readonly problem: SyntaxProblem }
  /** A value that the step's schema does not take. */
  | { readonly state: 'misfit'; readonly value: Json; readonly misfits: readonly Misfit[] }
  | { readonly state: 'good'; readonly value: Json; readonly changes: number }

/** The value as it is written for editing: a text as it is, anything else as JSON, nothing where it is hidden. */
export function writtenForm(value: Json): string {
  if (isHidden(value)) return ''
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2)
}

/** Reads what was written in place of `before`; what comes to the same value is no edit, and nothing in place of what is hidden. */
export function readEdit(written: string | null, before: Json, check: (value: Json) => readonly Misfit[], isText = typeof before === 'string'): Edited {
  if (written === null || (written === '' && isHidden(before))) return { state: 'untouched' }
  const parsed = isText ? { value: written } : parseJson(written)
  if (parsed.problem !== undefined) return { state: 'broken', problem: parsed.problem }
  const { value } = parsed
  if (same(value, before)) return { state: 'untouched' }
  const misfits = check(value)
  if (misfits.length > 0) return { state: 'misfit', value, misfits }
  return { state: 'good', value, changes: changesBetween(before, value) }
}

/** In how many places two values differ, as their difference is drawn. */
export function changesBetween(before: Json, after: Json): number {
  const lines = typeof before === 'string' && typeof after === 'string' ? textLines(before, after) : jsonLines(before, after)
  const isChange = lines.map(({ kind }) => kind === 'added' || kind === 'removed')
  return isChange.filter((changed, index) => changed && isChange[index - 1] !== true).length
}
