/** A value that somebody fills in, or writes as JSON. */
import type { Json, JsonSchema } from '../../../model/json.ts'
import { parseJson } from '../json/parse-json.ts'
import { type Problem, problemsOf } from './check.ts'

export interface Written {
  /** Undefined where nothing is given yet. */
  readonly value?: Json | undefined
  /** The JSON that is being written, where it reads otherwise than the value; it may be no JSON yet. */
  readonly written: string | null
}

/** What stands where the value is written as JSON. */
export function writtenText({ value, written }: Written): string {
  return written ?? (value === undefined ? '' : JSON.stringify(value, null, 2))
}

/** What a text comes to: the value is that before until it can be read. */
export function readWritten(text: string, before: Json | undefined): Written {
  const { value } = parseJson(text)
  return { value: value === undefined ? before : value, written: text }
}

/** What a schema has against it; null takes any value. */
export function problemsOfWritten(schema: JsonSchema | null, { value, written }: Written): readonly Problem[] {
  const broken = written === null ? undefined : parseJson(written).problem
  if (broken !== undefined) return [{ path: [], message: `is no JSON: line ${broken.line}, column ${broken.column}` }]
  return problemsOf(schema ?? {}, value)
}
