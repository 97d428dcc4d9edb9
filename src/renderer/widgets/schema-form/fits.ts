import { type Schema, Validator } from '@cfworker/json-schema'
import type { Json, JsonSchema } from '../../../model/json.ts'
import { takingMarks } from './taking-marks.ts'

/** Whether a value fits a schema; one that cannot be read takes anything. */
export function fits(schema: JsonSchema, value: Json, root: JsonSchema): boolean {
  return misfits(withDefinitions(takingMarks(schema), takingMarks(root)), value).length === 0
}

/** What of one schema does not fit, by keyword. The validator interprets: the page's policy allows no code made from text. */
export function misfits(schema: Schema, value: Json): readonly { readonly keyword: string; readonly error: string }[] {
  try {
    return new Validator(schema, '2020-12', false).validate(value).errors
  } catch {
    // A pattern that this browser cannot read: the host checks it all the same.
    return []
  }
}

/** References of the schema are read from the root. */
function withDefinitions(schema: JsonSchema, root: JsonSchema): Schema {
  return '$defs' in root ? { ...schema, $defs: root['$defs'] } : schema
}
